import type { Application } from '../application.ts';

/** `module:create_app()` taken apart for servers that have an option for factories. */
export function splitFactory(name: string): { readonly target: string; readonly isFactory: boolean } {
  const target = /^(.*:\w+)\(\)$/.exec(name)?.[1];
  return target === undefined ? { target: name, isFactory: false } : { target, isFactory: true };
}

/** gunicorn's default variable, stated for servers with another default or none. */
export function withVariable({ name }: Application): string {
  return name.includes(':') ? name : `${name}:application`;
}
