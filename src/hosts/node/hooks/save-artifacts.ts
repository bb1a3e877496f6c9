import { saveArtifacts } from '../../../assemble/save-artifacts.ts';
import { main } from '../main.ts';

// Standard output is the tar stream and nothing else (A7).
main({ hook: 'save-artifacts', progress: 'stderr', program: saveArtifacts });
