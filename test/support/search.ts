import { spawnSync } from 'node:child_process';

/** Files below a folder that hold one of the texts, as bytes. Links are not followed. */
export function filesWith(root: string, texts: readonly string[]): readonly string[] {
  const patterns = texts.flatMap((text) => ['-e', text]);
  const { stdout, status, stderr } = spawnSync('grep', ['-rlaF', ...patterns, '--', root], { encoding: 'utf8' });
  // 1: found nothing.
  if (status !== 0 && status !== 1) throw new Error(`grep: ${stderr}`);
  return stdout.split('\n').filter((line) => line !== '');
}
