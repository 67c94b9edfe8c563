/* symtab.c - the executable's own ELF sections and function symbols.
 *
 * The file is mapped once (/proc/self/exe) and the function symbols are put in
 * the order of their addresses in an anonymous mapping.  Whoever comes first
 * builds the table and publishes it by CAS; one who lost the race uses the
 * winner's, so that a signal handler never waits for the code it interrupted.
 */
#include "debug/symtab.h"

#include <elf.h>
#include <string.h>

#include "heap/stats.h"
#include "os/mapfile.h"
#include "os/os.h"
#include "sync/atomic.h"

struct image {
  const uint8_t *file;
  uint64_t file_size;
  const Elf64_Ehdr *head;
  const Elf64_Shdr *sections;
  const char *section_names;
  uintptr_t bias;
  const Elf64_Sym *syms;  /* of .symtab */
  const char *names;
  uint64_t nfuncs;
  uint32_t funcs[]; /* indexes into syms, in the order of their addresses */
};

static struct image *image; /* atomic: release by image_get */
static struct image no_image;

extern const char __ehdr_start[] __attribute__((weak, visibility("hidden")));

/* ---- Building ------------------------------------------------------------- */

static const Elf64_Shdr *section_named(const struct image *im,
                                       const char *name) {
  for (int i = 0; i < im->head->e_shnum; i++)
    if (strcmp(im->section_names + im->sections[i].sh_name, name) == 0)
      return &im->sections[i];
  return NULL;
}

static bool is_function(const Elf64_Sym *s) {
  return ELF64_ST_TYPE(s->st_info) == STT_FUNC && s->st_shndx != SHN_UNDEF;
}

static void sift_down(struct image *im, uint64_t root, uint64_t n) {
  uint32_t *f = im->funcs;
  for (;;) {
    uint64_t child = 2 * root + 1;
    if (child >= n) return;
    if (child + 1 < n &&
        im->syms[f[child]].st_value < im->syms[f[child + 1]].st_value)
      child++;
    if (im->syms[f[child]].st_value <= im->syms[f[root]].st_value) return;
    uint32_t t = f[root];
    f[root] = f[child];
    f[child] = t;
    root = child;
  }
}

static void sort_functions(struct image *im) {
  uint64_t n = im->nfuncs;
  for (uint64_t i = n / 2; i-- > 0;) sift_down(im, i, n);
  while (n > 1) {
    uint32_t t = im->funcs[0];
    im->funcs[0] = im->funcs[--n];
    im->funcs[n] = t;
    sift_down(im, 0, n);
  }
}

/* The difference between where the file's first page lies in memory and where
 * it was linked to lie: 0 unless position independent. */
static uintptr_t find_bias(const struct image *im) {
  const Elf64_Phdr *ph = (const Elf64_Phdr *)(im->file + im->head->e_phoff);
  if (__ehdr_start == NULL) return 0;
  for (int i = 0; i < im->head->e_phnum; i++)
    if (ph[i].p_type == PT_LOAD && ph[i].p_offset == 0)
      return (uintptr_t)__ehdr_start - ph[i].p_vaddr;
  return 0;
}

static struct image *image_build(void) {
  size_t size;
  const uint8_t *file = os_map_file("/proc/self/exe", &size);
  if (file == NULL || size < sizeof(Elf64_Ehdr)) return &no_image;
  struct image im = {.file = file, .file_size = size,
                     .head = (const Elf64_Ehdr *)file};
  if (im.head->e_shoff == 0 || im.head->e_shstrndx == SHN_UNDEF)
    return &no_image;
  im.sections = (const Elf64_Shdr *)(file + im.head->e_shoff);
  im.section_names = (const char *)file +
                     im.sections[im.head->e_shstrndx].sh_offset;
  im.bias = find_bias(&im);
  const Elf64_Shdr *symtab = section_named(&im, ".symtab");
  uint64_t nsyms = symtab ? symtab->sh_size / sizeof(Elf64_Sym) : 0;
  struct image *made =
      os_map(sizeof im + nsyms * sizeof im.funcs[0], &sys_stats.other);
  if (made == NULL) return &no_image;
  memcpy(made, &im, sizeof im);
  if (symtab == NULL) return made;
  made->syms = (const Elf64_Sym *)(file + symtab->sh_offset);
  made->names =
      (const char *)file + im.sections[symtab->sh_link].sh_offset;
  for (uint64_t i = 0; i < nsyms; i++)
    if (is_function(&made->syms[i])) made->funcs[made->nfuncs++] = (uint32_t)i;
  sort_functions(made);
  return made;
}

static const struct image *image_get(void) {
  struct image *im = load_acq(&image); /* pairs with the CAS below */
  if (im != NULL) return im;
  struct image *made = image_build();
  if (cas_seq(&image, NULL, made)) return made;
  return load_acq(&image);
}

/* ---- Asking ---------------------------------------------------------------- */

bool image_section(const char *name, struct section *out) {
  const struct image *im = image_get();
  const Elf64_Shdr *s = im->head ? section_named(im, name) : NULL;
  if (s == NULL || (s->sh_flags & SHF_COMPRESSED)) return false;
  out->data = im->file + s->sh_offset;
  out->size = s->sh_size;
  return true;
}

uintptr_t image_bias(void) { return image_get()->bias; }

bool symtab_find(uintptr_t pc, struct symbol *out) {
  const struct image *im = image_get();
  pc -= im->bias;
  uint64_t lo = 0, hi = im->nfuncs; /* funcs[lo-1] <= pc < funcs[hi] */
  while (lo < hi) {
    uint64_t mid = (lo + hi) / 2;
    if (im->syms[im->funcs[mid]].st_value <= pc)
      lo = mid + 1;
    else
      hi = mid;
  }
  if (lo == 0) return false;
  /* Of several symbols at one address, or a function in two parts, take one
   * that really covers pc. */
  for (uint64_t i = lo; i-- > 0 && lo - i <= 4;) {
    const Elf64_Sym *s = &im->syms[im->funcs[i]];
    if (pc >= s->st_value + s->st_size && !(s->st_size == 0 && i == lo - 1))
      continue;
    *out = (struct symbol){im->names + s->st_name, s->st_value + im->bias,
                           s->st_size};
    return true;
  }
  return false;
}

uintptr_t symtab_address(const char *name) {
  const struct image *im = image_get();
  for (uint64_t i = 0; i < im->nfuncs; i++) {
    const Elf64_Sym *s = &im->syms[im->funcs[i]];
    if (strcmp(im->names + s->st_name, name) == 0)
      return s->st_value + im->bias;
  }
  return 0;
}
