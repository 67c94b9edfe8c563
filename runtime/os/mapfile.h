/* mapfile.h - files mapped into memory. */
#ifndef TERN_OS_MAPFILE_H
#define TERN_OS_MAPFILE_H

#include <stddef.h>

/* Maps a file for reading only; NULL if that fails.  Never unmapped. */
const void *os_map_file(const char *path, size_t *size);
/* Maps the first `size` bytes of a file to be read and written, by several processes
 * at once; makes the file, or fills it up with zeros.  NULL if that fails. */
void *os_map_shared(const char *path, size_t size);

#endif
