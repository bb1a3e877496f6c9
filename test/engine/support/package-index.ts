import { execa } from 'execa';
import { fullImage } from './full-images.ts';
import { sharedStore } from './store.ts';

/** The address of the index that pip uses in the full image; asked of pip itself, so that no host stands here. */
export async function packageIndex(): Promise<string> {
  const ask = 'from pip._internal.models.index import PyPI; print(PyPI.simple_url)';
  const argv = ['run', '--rm', '--network=none', '--ulimit=host', fullImage('trixie'), 'python', '-c', ask];
  const { stdout } = await execa('podman', argv, { env: sharedStore.environment, extendEnv: false });
  return process.env.PIP_INDEX_URL || stdout.trim();
}
