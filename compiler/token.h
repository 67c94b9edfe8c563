/*
 * token.h - the kinds of tokens, with their spelling.
 *
 * Operators appear in the AST by these names: a binary expression's op is
 * TOKEN_ADD, an assignment's op is TOKEN_ADD for +=.
 */
#ifndef TERN_COMPILER_TOKEN_H
#define TERN_COMPILER_TOKEN_H

/* X(kind, spelling). Grouped: the lexer and parser compare against the groups' ends. */
#define TOKEN_TABLE(X)               \
  X(TOKEN_EOF, "EOF")          \
  X(TOKEN_IDENT, "name")       \
  X(TOKEN_INT, "literal")      \
  X(TOKEN_FLOAT, "literal")    \
  X(TOKEN_IMAG, "literal")     \
  X(TOKEN_RUNE, "literal")     \
  X(TOKEN_STRING, "literal")   \
  X(TOKEN_ADD, "+")            \
  X(TOKEN_SUB, "-")            \
  X(TOKEN_MUL, "*")            \
  X(TOKEN_DIV, "/")            \
  X(TOKEN_REM, "%")            \
  X(TOKEN_AND, "&")            \
  X(TOKEN_OR, "|")             \
  X(TOKEN_XOR, "^")            \
  X(TOKEN_SHL, "<<")           \
  X(TOKEN_SHR, ">>")           \
  X(TOKEN_AND_NOT, "&^")       \
  X(TOKEN_LAND, "&&")          \
  X(TOKEN_LOR, "||")           \
  X(TOKEN_EQ, "==")            \
  X(TOKEN_NE, "!=")            \
  X(TOKEN_LT, "<")             \
  X(TOKEN_LE, "<=")            \
  X(TOKEN_GT, ">")             \
  X(TOKEN_GE, ">=")            \
  X(TOKEN_NOT, "!")            \
  X(TOKEN_TILDE, "~")          \
  X(TOKEN_ARROW, "<-")         \
  X(TOKEN_INC, "++")           \
  X(TOKEN_DEC, "--")           \
  X(TOKEN_ASSIGN, "=")         \
  X(TOKEN_DEFINE, ":=")        \
  X(TOKEN_ASSIGN_OP, "op=")    \
  X(TOKEN_LPAREN, "(")         \
  X(TOKEN_LBRACK, "[")         \
  X(TOKEN_LBRACE, "{")         \
  X(TOKEN_RPAREN, ")")         \
  X(TOKEN_RBRACK, "]")         \
  X(TOKEN_RBRACE, "}")         \
  X(TOKEN_COMMA, ",")          \
  X(TOKEN_SEMI, ";")           \
  X(TOKEN_COLON, ":")          \
  X(TOKEN_DOT, ".")            \
  X(TOKEN_ELLIPSIS, "...")     \
  X(TOKEN_BREAK, "break")      \
  X(TOKEN_CASE, "case")        \
  X(TOKEN_CHAN, "chan")        \
  X(TOKEN_CONST, "const")      \
  X(TOKEN_CONTINUE, "continue") \
  X(TOKEN_DEFAULT, "default")  \
  X(TOKEN_DEFER, "defer")      \
  X(TOKEN_ELSE, "else")        \
  X(TOKEN_FALLTHROUGH, "fallthrough") \
  X(TOKEN_FOR, "for")          \
  X(TOKEN_FUNC, "func")        \
  X(TOKEN_GO, "go")            \
  X(TOKEN_GOTO, "goto")        \
  X(TOKEN_IF, "if")            \
  X(TOKEN_IMPORT, "import")    \
  X(TOKEN_INTERFACE, "interface") \
  X(TOKEN_MAP, "map")          \
  X(TOKEN_PACKAGE, "package")  \
  X(TOKEN_RANGE, "range")      \
  X(TOKEN_RETURN, "return")    \
  X(TOKEN_SELECT, "select")    \
  X(TOKEN_STRUCT, "struct")    \
  X(TOKEN_SWITCH, "switch")    \
  X(TOKEN_TYPE, "type")        \
  X(TOKEN_VAR, "var")

typedef enum {
#define X(kind, spelling) kind,
  TOKEN_TABLE(X)
#undef X
  TOKEN_COUNT
} Token;

#define TOKEN_FIRST_KEYWORD TOKEN_BREAK

/* The spelling of a token, as it appears in messages: "+", "name", "for". */
const char *token_string(Token token);

#endif
