import { renderMessage } from '../../failures/message.ts';

/** Why an image archive cannot be read. */
export type ArchiveProblem =
  | { readonly kind: 'unreadable'; readonly detail: string }
  | { readonly kind: 'no-archive' }
  | { readonly kind: 'several-images'; readonly names: readonly string[] }
  | { readonly kind: 'part-missing'; readonly name: string }
  | { readonly kind: 'damaged'; readonly part: string; readonly detail: string };

/** Thrown by everything that reads image archives; the message is what a user reads. */
export class ImageArchiveError extends Error {
  readonly problem: ArchiveProblem;

  constructor(file: string, problem: ArchiveProblem) {
    super(words(file, problem));
    this.name = 'ImageArchiveError';
    this.problem = problem;
  }
}

function words(file: string, problem: ArchiveProblem): string {
  switch (problem.kind) {
    case 'unreadable':
      return renderMessage({ title: `${file} cannot be read: ${problem.detail}.` });
    case 'no-archive':
      return renderMessage({
        title: `${file} is no image archive.`,
        found: ['It has neither manifest.json nor index.json.'],
        expected: 'a docker-archive or an oci-archive',
        write: { where: 'a terminal', text: 'podman save --format docker-archive --output image.tar IMAGE' },
      });
    case 'several-images':
      return renderMessage({
        title: `${file} holds ${problem.names.length} images.`,
        found: problem.names,
        expected: 'an archive of one image',
        wayOut: 'save one of them by itself.',
      });
    case 'part-missing':
      return renderMessage({
        title: `${file} is not whole: its manifest names ${problem.name}, which it does not hold.`,
        checks: ['whether it was written to its end: the disk, and what wrote it'],
      });
    case 'damaged':
      return renderMessage({
        title: `${file} is damaged: ${problem.part} cannot be read.`,
        found: [problem.detail],
        checks: ['whether it was written and copied to its end'],
      });
  }
}
