/* mapfile.h - reading a file by mapping it. */
#ifndef TERN_OS_MAPFILE_H
#define TERN_OS_MAPFILE_H

#include <stddef.h>

/* Maps a file for reading only; NULL if that fails.  Never unmapped. */
const void *os_map_file(const char *path, size_t *size);

#endif
