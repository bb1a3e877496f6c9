import type { SignalName } from '../execute/effect.ts';
import type { BuildingFailure } from './kinds/building.ts';
import type { ImageFailure } from './kinds/image.ts';
import type { InstallerFailure } from './kinds/installers.ts';
import type { ManifestFailure } from './kinds/manifests.ts';
import type { MigrationFailure } from './kinds/migration.ts';
import type { ScriptFailure } from './kinds/scripts.ts';
import type { ServingFailure } from './kinds/serving.ts';
import type { SettingFailure } from './kinds/settings.ts';
import type { StartFailure } from './kinds/start.ts';

/** Every way to fail. Closed union: a new member does not compile until `words/` has words for it. */
export type Failure =
  | SettingFailure
  | ManifestFailure
  | InstallerFailure
  | BuildingFailure
  | StartFailure
  | ScriptFailure
  | ServingFailure
  | ImageFailure
  | MigrationFailure
  | { readonly kind: 'interrupted'; readonly signal: SignalName }
  | { readonly kind: 'bug'; readonly detail: string };
