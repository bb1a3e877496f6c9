import { inject, onTestFinished } from 'vitest';
import { chooseEngine } from '../../../src/engine/detect.ts';
import { openEngine, succeeded } from '../../engine/support/engines.ts';
import { uniqueImage } from '../../engine/support/names.ts';
import {
  type Consumer,
  type ConsumerName,
  daemonConsumer,
  dockerfileConsumer,
  openshiftConsumer,
  type S2i,
} from './consumers.ts';

/** `s2i` as the tests call it. */
export function openS2i(): S2i {
  const { program, docker } = inject('consumers');
  return { program, environment: docker };
}

/** A consumer with the engines that the setup prepared. */
export async function openConsumer(name: ConsumerName): Promise<Consumer> {
  if (name === 's2i') {
    const { docker } = inject('consumers');
    return daemonConsumer(succeeded(await chooseEngine('docker', { environment: docker })), openS2i());
  }
  const [buildah, podman] = [await openEngine('buildah'), await openEngine('podman')];
  // It asks no daemon: without an address it cannot find one either.
  const s2i = { ...openS2i(), environment: {} };
  return name === 'openshift' ? openshiftConsumer(buildah, podman, s2i) : dockerfileConsumer(buildah, podman, s2i);
}

/** A name for an image that is removed when the test has finished, if it came to be. */
export function imageName({ engine }: Consumer): string {
  const image = uniqueImage();
  onTestFinished(async () => {
    await engine.remove(image);
  });
  return image;
}
