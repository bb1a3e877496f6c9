import { normaliseName } from '../../inspect/installed.ts';
import { logicalLines } from '../../inspect/manifests/requirements.ts';
import type { AssembleFacts } from '../facts.ts';
import type { InstallPlan } from '../install-plan.ts';
import type { Restored, Wanted, WantedPackage } from './wanted.ts';

/** One version and no other, by its name: no wildcard, no marker, no address. Hashes may follow. */
const PIN = /^([A-Za-z0-9][\w.-]*)\s*(?:\[[^\]]*\]\s*)?===?\s*([^\s;,*=]+)(?:\s+--hash[=\s]\s*\S+)*$/;

/** Where packages come from and in which form, and files that were read themselves; nothing that names another package. */
const HARMLESS =
  /^(?:(?:-r|--requirement)[\s=]*["']?(?![a-z]+:\/\/|["']?\/)[^$]+|(?:-i|--index-url|--extra-index-url|-f|--find-links|--trusted-host|--no-binary|--only-binary)[\s=].+|--no-index|--prefer-binary|--require-hashes)$/i;

/**
 * What a clean build would install, where the requirements tell it themselves: every line pins one version, and every saved
 * package is pinned, or was asked for itself and no longer is. Asking pip would take as long as resolving everything anew, and uv
 * does not tell. What is not in the answer is removed; the installer brings it again where something still requires it. Undefined
 * when pip has to be asked: for a package that only others require, the newest version may be another one by now.
 */
export function pinnedWanted(
  { project: { requirements } }: AssembleFacts,
  { installer: { installer, manifest }, application }: Pick<InstallPlan, 'installer' | 'application'>,
  { stamp, kept, requested }: Restored,
): Wanted | undefined {
  if (!['pip', 'uv'].includes(installer) || manifest !== 'requirements.txt') return undefined;
  if (application.declaredBy.length > 0) return undefined;
  if (requirements === undefined || requirements.local || !requirements.complete) return undefined;
  const pins = new Map<string, WantedPackage>();
  for (const { text } of requirements.files.flatMap((file) => logicalLines(file.text))) {
    const [, name, version] = PIN.exec(text) ?? [];
    if (name !== undefined && version !== undefined) pins.set(normaliseName(name), { version, requested: true, pinned: true });
    else if (!HARMLESS.test(text)) return undefined;
  }
  return stamp.packages.every(({ name }) => kept.has(name) || pins.has(name) || requested(name)) ? pins : undefined;
}
