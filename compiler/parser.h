/*
 * parser.h - from a source file to its syntax tree.
 */
#ifndef TERN_COMPILER_PARSER_H
#define TERN_COMPILER_PARSER_H

#include "ast.h"

/*
 * Parses one file. Errors go to diag; the tree is returned all the same, with
 * the parts that could not be understood left out or marked bad (never NULL).
 * Stop after parsing all files if one of them is `broken`. Others may have
 * errors about labels, which leave a tree that can be checked.
 */
File *parse_file(Source *source);

#endif
