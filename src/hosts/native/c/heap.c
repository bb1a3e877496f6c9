#include "heap.h"

#include <stdint.h>
#include <string.h>
#include <sys/mman.h>

/**
 * A piece stands behind a word that holds its room. With its word it is as large as its class says: a multiple of 16 up
 * to 1 KiB, then one of four steps between a power of two and the next. What is given back waits for the next of its
 * class and is never joined with others: a hook ends before that would matter. What is larger than all classes is
 * mapped alone.
 */
enum { word = 8, step = 16, fine_bits = 10, fine = 1 << fine_bits, largest_bits = 17, largest = 1 << largest_bits };
enum { classes = fine / step + (largest_bits - fine_bits) * 4 + 1 };

/** Bytes that are reserved at once, and those made ready at once: one fault for each page takes longer than all of
 * them. */
static const size_t region = (size_t)1 << 20, portion = (size_t)128 << 10;
/** MADV_POPULATE_WRITE of Linux 5.14, which not every libc declares. Without it the pages come one by one. */
enum { populate = 23 };

struct waiting {
  struct waiting* next;
};

static struct waiting* lists[classes];
static unsigned char *next, *ready, *end;

static size_t round_up(size_t size, size_t unit) {
  return (size + unit - 1) / unit * unit;
}

/** Between the powers of two around a size above 1 KiB: the lower one's exponent. */
static unsigned power_below(size_t size) {
  return 63U - (unsigned)__builtin_clzll(size - 1);
}

/** Bytes of the smallest class that holds so many. */
static size_t class_size(size_t all) {
  return round_up(all, all <= fine ? step : (size_t)1 << (power_below(all) - 2));
}

/** The place of a class among all. */
static size_t class_of(size_t all) {
  if (all <= fine)
    return all / step;
  const unsigned power = power_below(all);
  return fine / step + (power - fine_bits) * 4 + ((all - ((size_t)1 << power)) >> (power - 2));
}

static size_t* word_of(void* piece) {
  return (size_t*)piece - 1;
}

size_t heap_room(const void* piece) {
  return *((const size_t*)piece - 1);
}

static int has_class(size_t room) {
  return room <= largest - word;
}

static int open_region(void) {
  unsigned char* area = mmap(NULL, region, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (area == MAP_FAILED)
    return -1;
#ifdef MADV_NOHUGEPAGE
  // Two regions side by side could become one page of 2 MiB.
  (void)madvise(area, region, MADV_NOHUGEPAGE);
#endif
  next = area + step - word;
  ready = area;
  end = area + region;
  return 0;
}

static void* cut(size_t all) {
  if ((size_t)(end - next) < all && open_region() != 0)
    return NULL;
  unsigned char* piece = next + word;
  next += all;
  for (; ready < next; ready += portion)
    (void)madvise(ready, portion, populate);
  *word_of(piece) = all - word;
  return piece;
}

/** Pages for a large piece, which starts 16 bytes behind them. 0: more than there can be. */
static size_t pages_for(size_t size) {
  return size > SIZE_MAX / 2 ? 0 : round_up(size + step, 4096);
}

static void* start_large(void* area, size_t pages) {
  if (area == MAP_FAILED)
    return NULL;
  unsigned char* piece = (unsigned char*)area + step;
  *word_of(piece) = pages - step;
  return piece;
}

static void* take_large(size_t size) {
  const size_t pages = pages_for(size);
  return start_large(mmap(NULL, pages, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), pages);
}

static void* resize_large(void* piece, size_t size) {
  const size_t pages = pages_for(size);
  if (pages == 0)
    return NULL;
  return start_large(mremap((unsigned char*)piece - step, heap_room(piece) + step, pages, MREMAP_MAYMOVE), pages);
}

void* heap_take(size_t size) {
  if (!has_class(size))
    return take_large(size);
  // A piece that waits holds the address of the next one.
  const size_t all = class_size((size < word ? word : size) + word);
  struct waiting** list = lists + class_of(all);
  struct waiting* piece = *list;
  if (piece == NULL)
    return cut(all);
  *list = piece->next;
  return piece;
}

void heap_give(void* piece) {
  if (piece == NULL)
    return;
  const size_t room = heap_room(piece);
  if (!has_class(room)) {
    (void)munmap((unsigned char*)piece - step, room + step);
    return;
  }
  struct waiting** list = lists + class_of(room + word);
  ((struct waiting*)piece)->next = *list;
  *list = piece;
}

void* heap_resize(void* piece, size_t size) {
  if (piece == NULL)
    return heap_take(size);
  const size_t room = heap_room(piece);
  if (!has_class(room) && !has_class(size))
    return resize_large(piece, size);
  // What shrinks by less than half stays where it is.
  if (size <= room && size >= room / 2)
    return piece;
  void* other = heap_take(size);
  if (other == NULL)
    return NULL;
  memcpy(other, piece, size < room ? size : room);
  heap_give(piece);
  return other;
}
