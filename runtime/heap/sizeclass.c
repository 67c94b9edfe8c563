/* sizeclass.c - look-up of size classes. */
#include "heap/sizeclass.h"

#include "os/print.h"

const uint16_t class_size[NUM_CLASSES] = {
    0,     8,     16,    24,    32,    48,    64,    80,    96,    112,
    128,   144,   160,   176,   192,   208,   224,   240,   256,   288,
    320,   352,   384,   416,   448,   480,   512,   576,   640,   704,
    768,   896,   1024,  1152,  1280,  1408,  1536,  1792,  2048,  2304,
    2688,  3072,  3200,  3456,  4096,  4864,  5376,  6144,  6528,  6784,
    6912,  8192,  9472,  9728,  10240, 10880, 12288, 13568, 14336, 16384,
    18432, 19072, 20480, 21760, 24576, 27264, 28672, 32768,
};
uint8_t class_pages[NUM_CLASSES];

static uint8_t small_class[1024 / 8 + 1];                 /* size <= 1024 */
static uint8_t large_class[(MAX_SMALL - 1024) / 128 + 1]; /* the rest */

/* Fills the tables; before the first allocation. */
void sizeclass_init(void) {
  int c = 1;
  for (int i = 0; i <= 1024 / 8; i++) {
    while (class_size[c] < i * 8) c++;
    small_class[i] = (uint8_t)c;
  }
  for (int i = 0; i <= (MAX_SMALL - 1024) / 128; i++) {
    while (class_size[c] < 1024 + i * 128) c++;
    large_class[i] = (uint8_t)c;
  }
  for (c = 1; c < NUM_CLASSES; c++) {
    uintptr_t bytes = PAGE_SIZE;
    while (bytes % class_size[c] > bytes / 8) bytes += PAGE_SIZE;
    class_pages[c] = (uint8_t)(bytes / PAGE_SIZE);
  }
}

int size_to_class(int64_t size) {
  ASSERT(size > 0 && size <= MAX_SMALL);
  if (size <= 1024) return small_class[(size + 7) / 8];
  return large_class[(size - 1024 + 127) / 128];
}

int64_t roundupsize(int64_t size, bool noscan) {
  int64_t header = !noscan && size > MAX_PATTERN ? 8 : 0;
  int64_t need = size + header;
  if (need <= MAX_SMALL) {
    if (need <= 0) return 0;
    return class_size[size_to_class(need)] - header;
  }
  return (int64_t)(((uintptr_t)size + PAGE_SIZE - 1) & ~(PAGE_SIZE - 1));
}
