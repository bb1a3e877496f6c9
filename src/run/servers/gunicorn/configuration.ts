import type { Settings } from '../../../inspect/settings/read.ts';
import type { Configuration } from '../../facts.ts';

/** True when gunicorn.conf.py alone decides the launch (B40). */
export function usesConfiguration(configuration: Configuration, settings: Settings): boolean {
  return whyNotUsed(configuration, settings) === undefined;
}

/** Why gunicorn.conf.py does not decide the launch; undefined when it does. */
export function whyNotUsed(configuration: Configuration, settings: Settings): string | undefined {
  if (configuration.is === 'absent') return 'not there';
  if (configuration.is === 'without-application') return 'it does not set wsgi_app';
  if (configuration.gunicorn === undefined) return 'it sets wsgi_app, but gunicorn is not installed';
  if (!readsApplication(configuration.gunicorn)) {
    return `it sets wsgi_app, which gunicorn reads since 20.1, and ${configuration.gunicorn} is installed`;
  }
  const wanted = settings.text('APP_SERVER')?.value;
  return wanted === undefined || wanted === 'gunicorn' ? undefined : `APP_SERVER=${wanted}`;
}

/** A version that is not known counts as a new one. */
export function readsApplication(gunicorn: string): boolean {
  const version = /^([0-9]+)(?:\.([0-9]+))?/.exec(gunicorn);
  if (version === null) return true;
  return Number(version[1]) > 20 || (Number(version[1]) === 20 && Number(version[2] ?? 0) >= 1);
}
