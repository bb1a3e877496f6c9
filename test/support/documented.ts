import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A container that a page of docs/ shows in YAML. */
export interface DocumentedContainer {
  readonly name: string;
  /** Undefined where the image's own command is meant. */
  readonly command: string | undefined;
  /** Variables with a value in the page. */
  readonly environment: Readonly<Record<string, string>>;
}

/** The containers of a page, one a block, in order. */
export function containersIn(page: string): readonly DocumentedContainer[] {
  const text = readFileSync(join(import.meta.dirname, '../..', page), 'utf8');
  return [...text.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, block = '']) => ({
    name: /- name: (\S+)\n *image:/.exec(block)?.[1] ?? '',
    command: /command: \["([^"]+)"\]/.exec(block)?.[1],
    environment: Object.fromEntries(
      [...block.matchAll(/- name: (\S+)\n *value: "([^"]*)"/g)].map(([, name, value]) => [name, value]),
    ),
  }));
}
