let count = 0;

/** What begins the name of every image and container of a test. */
const testPrefix = 's2i-test-';

/** A name that no other test, and no other run of the tests, uses; it tells by which process it was made. */
export function uniqueName(): string {
  count++;
  return `${testPrefix}${process.pid}-${count}`;
}

/** The same for an image of this machine. */
export function uniqueImage(): string {
  return `localhost/${uniqueName()}:test`;
}

/** The process that made a name; undefined for a name of somebody else. */
export function makerOf(name: string): number | undefined {
  const maker = new RegExp(`(?:^|/)${testPrefix}(\\d+)-\\d+(?::|$)`).exec(name)?.[1];
  return maker === undefined ? undefined : Number(maker);
}

/** Ten minutes and a fraction that nobody else sleeps: the process that does can be found by it. */
export function uniqueSleep(): string {
  count++;
  return `sleep 600.${process.pid}${String(count).padStart(4, '0')}`;
}
