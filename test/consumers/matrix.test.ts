import { expect, inject, test } from 'vitest';
import { fullImage } from '../engine/support/full-images.ts';
import { type AppCase, readApps } from '../support/app-case.ts';
import type { Built } from './support/consumers.ts';
import { type Cell, cellsOf, combinations, dimensions } from './support/matrix.ts';
import { describeConsumers } from './support/needs.ts';
import { imageName, openConsumer } from './support/open.ts';
import { pairsIn, pairsOf } from './support/pairwise.ts';
import { copyProject } from './support/project.ts';
import { expectSaid } from './support/said.ts';
import { serve } from './support/serve.ts';
import { startsOf } from './support/starts.ts';

const cells = cellsOf(readApps());

test('every two values of different dimensions meet in a combination that an application is served in', () => {
  const served = new Set(cells.flatMap(({ app, combination }) => (app.run === undefined ? [] : pairsIn(combination))));
  expect(pairsOf(dimensions).filter((pair) => !served.has(pair))).toEqual([]);
  expect(combinations.length).toBeLessThanOrEqual(12);
});

describeConsumers('all', 'each application in containers of the full image', () => {
  test.each(cells.map((cell) => [titleOf(cell), cell] as const))('%s', async (_title, { app, combination }) => {
    const consumer = await openConsumer(combination.consumer);
    const { source, port, runEnvironment, ...project } = await copyProject(app, inject('consumers').index);
    const image = imageName(consumer);
    const builder = fullImage(combination.release);
    expectBuilt(app, await consumer.build({ builder, source, image, environment: project.environment }));
    for (const { request, environment, run } of startsOf(app, combination)) {
      const variables = { ...runEnvironment, ...environment };
      await serve(consumer.engine, { ...request, image, environment: variables }, port, run);
    }
  });
});

function titleOf({ app, combination }: Cell): string {
  const { consumer, release, user, root, init } = combination;
  return `${app.name}: ${consumer}, ${release}, user ${user}, root ${root}, init ${init} ${tagsOf(app)}`.trimEnd();
}

function tagsOf({ items }: AppCase): string {
  return items.map((item) => `[B${item}]`).join(' ');
}

/** A consumer says 1 for whatever assemble ended with (A9). */
function expectBuilt(app: AppCase, { status, log }: Built): void {
  expect(status, log).toBe(app.assemble.exit === 0 ? 0 : 1);
  expectSaid(app, log, 'packed');
}
