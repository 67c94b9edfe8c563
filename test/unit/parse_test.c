/*
 * parse_test.c - the front of the compiler: source, diagnostics, lexer, parser.
 *
 * Guards compiler/{source,diag,lexer*,parser*,branches,ast*}.c. Most tests
 * give a piece of source and the messages it must cause, which are those of
 * Go's own compiler for the same text. The last one reads all of Go's standard
 * library where it is installed.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* nftw, mempcpy */
#endif

#include <check.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../../compiler/ast.h"
#include "../../compiler/diag.h"
#include "../../compiler/parser.h"

/* ---- Helpers ---- */

/* Parses source text; returns its tree. */
static File *parse_bytes(const char *text, size_t size) {
  diag_reset();
  return parse_file(source_from_memory("t.go", text, size));
}

static File *parse_text(const char *text) {
  return parse_bytes(text, strlen(text));
}

/* What diag_flush prints. */
static char *flush_text(void) {
  char *text;
  size_t size;
  FILE *out = open_memstream(&text, &size);
  diag_flush(out);
  fclose(out);
  return text;
}

/* The messages alone, without the excerpts, each on a line. */
static char *messages(void) {
  char *text = flush_text();
  char *to = text, *line = text;
  while (*line != 0) {
    char *end = strchr(line, '\n');
    size_t size = end != NULL ? (size_t)(end - line) + 1 : strlen(line);
    if (strncmp(line, "t.go:", 5) == 0) {
      memmove(to, line + 5, size - 5);
      to += size - 5;
    }
    line += size;
  }
  *to = 0;
  return text;
}

/* Checks that a whole file causes exactly these messages. */
static void expect(const char *source, const char *wanted) {
  parse_text(source);
  char *got = messages();
  ck_assert_msg(strcmp(got, wanted) == 0, "source:\n%s\ngot:\n%s\nwanted:\n%s", source, got,
                wanted);
  free(got);
}

/* The same for `var x = EXPRESSION`; the expression begins at 2:9. */
static void expect_expr(const char *expression, const char *wanted) {
  expect(arena_printf("package p\nvar x = %s\n", expression), wanted);
}

/* The same for statements in a function, which begin at 3:1. */
static void expect_stmt(const char *statements, const char *wanted) {
  expect(arena_printf("package p\nfunc f() {\n%s\n}\n", statements), wanted);
}

/* Checks that an expression parses and prints as `wanted`. */
static void expect_print(const char *expression, const char *wanted) {
  File *file = parse_text(arena_printf("package p\nvar x = %s\n", expression));
  ck_assert_int_eq(diag_count(), 0);
  ck_assert_str_eq(expr_string(file->decls.at[0]->var.values.at[0]), wanted);
}

/* The nesting of an operator tree, in parentheses. */
static const char *grouping(const Expr *x) {
  if (x->kind != EXPR_BINARY)
    return expr_string(x);
  return arena_printf("(%s%s%s)", grouping(x->binary.x), token_string(x->binary.op),
                      grouping(x->binary.y));
}

/* ---- Source ---- */

START_TEST(source_positions) {
  Source *source = source_from_memory("a.go", "ab\n\ncd", 6);
  Position start = source_position(source->base);
  ck_assert(start.source == source && start.line == 1 && start.column == 1);
  Position d = source_position(source->base + 5);
  ck_assert(d.line == 3 && d.column == 2);
  Position end = source_position(source->base + 6);
  ck_assert(end.source == source && end.line == 3 && end.column == 3);
  ck_assert_ptr_null(source_position(NO_POS).source);
  ck_assert_str_eq(source_pos_string(source->base + 3), "a.go:2:1");
}
END_TEST

START_TEST(source_load_failures) {
  const char *error = NULL;
  ck_assert_ptr_null(source_load("/no/such/file.go", &error));
  ck_assert_str_eq(error, "open /no/such/file.go: no such file or directory");
  ck_assert_ptr_null(source_load("/tmp", &error));
  ck_assert_str_eq(error, "read /tmp: is a directory");
}
END_TEST

START_TEST(hostile_bytes) {
  expect("", "1:1: syntax error: package statement must be first\n");
  parse_bytes("package p\nvar a = \"x\0y\"\n", 23);
  char *got = messages();
  ck_assert_str_eq(got, "2:11: invalid NUL character\n");
  free(got);
  expect("package p // \xff\n", "1:14: invalid UTF-8 encoding\n");
  expect("\xEF\xBB\xBFpackage p\n", "");
  expect("package p\n\xEF\xBB\xBFvar a int\n", "2:1: invalid BOM in the middle of the file\n");
  expect("package p\nvar a = 1 # 2\n",
         "2:11: invalid character U+0023 '#'\n"
         "2:13: syntax error: unexpected literal 2 after top level declaration\n");
}
END_TEST

/* ---- Diagnostics ---- */

START_TEST(excerpt_has_a_caret) {
  parse_text("package p\nfunc f() {\n\tx = = 3\n}\n");
  char *got = flush_text();
  ck_assert_str_eq(got, "t.go:3:6: syntax error: unexpected =, expected expression\n"
                        "    \tx = = 3\n"
                        "    \t    ^\n");
  free(got);
}
END_TEST

START_TEST(long_line_is_cut) {
  char *line = malloc(100001);
  memset(line, 'a', 100000);
  line[100000] = 0;
  parse_text(arena_printf("package p\nvar %s = = %s\n", line, line));
  char *got = flush_text();
  ck_assert_int_lt((int)strlen(got), 300);
  ck_assert_ptr_nonnull(strstr(got, "2:100008: syntax error"));
  free(got);
  free(line);
}
END_TEST

START_TEST(ten_errors_then_too_many) {
  char source[2000] = "package p\n";
  for (int i = 0; i < 30; i++)
    strcat(source, "var x = '\\q'\n");
  parse_text(source);
  char *got = messages();
  int lines = 0;
  for (char *at = got; (at = strchr(at, '\n')) != NULL; at++)
    lines++;
  ck_assert_int_eq(lines, DIAG_LIMIT + 1);
  ck_assert_ptr_nonnull(strstr(got, "11:11: too many errors\n"));
  free(got);
}
END_TEST

START_TEST(terminal_escapes_are_not_printed) {
  parse_text("package p\nvar x = = \"\x1b[31m\"\n");
  char *got = flush_text();
  ck_assert_ptr_null(strchr(got, '\x1b'));
  free(got);
}
END_TEST

/* ---- Lexer ---- */

START_TEST(literals) {
  static const struct {
    const char *literal;
    const char *wanted; /* messages */
  } cases[] = {
      {"1_000 + 0b1_0 + 0o17 + 017 + 0xFF_FF + 0X1p-2 + .5e+3 + 1i + 089i + 08.5", ""},
      {"'a' + '\\n' + '\\x41' + '\\101' + '\\u00e9' + '\\U0010FFFF' + '\\'' + '世'", ""},
      {"\"a\\\"b\\x41\\u00e9\" + `raw \\ \n line`", ""},
      {"08", "2:10: invalid digit '8' in octal literal\n"},
      {"0b12", "2:12: invalid digit '2' in binary literal\n"},
      {"0x", "2:11: hexadecimal literal has no digits\n"},
      {"0b", "2:11: binary literal has no digits\n"},
      {"1_", "2:10: '_' must separate successive digits\n"},
      {"1__0", "2:11: '_' must separate successive digits\n"},
      {"1e", "2:11: exponent has no digits\n"},
      {"1p3", "2:10: 'p' exponent requires hexadecimal mantissa\n"},
      {"0b1e3", "2:12: 'e' exponent requires decimal mantissa\n"},
      {"0x1.0", "2:14: hexadecimal mantissa requires a 'p' exponent\n"},
      {"0o1.5", "2:12: invalid radix point in octal literal\n"},
      {"''", "2:10: empty rune literal or unescaped '\n"},
      {"'ab'", "2:9: more than one character in rune literal\n"},
      {"'a", "2:11: newline in rune literal\n"},
      {"'\\q'", "2:11: unknown escape\n"},
      {"'\\400'", "2:14: octal escape value 256 > 255\n"},
      {"'\\08'", "2:12: invalid character '8' in octal escape\n"},
      {"\"\\xg\"", "2:12: invalid character 'g' in hexadecimal escape\n"},
      {"'\\ud800'", "2:16: escape is invalid Unicode code point U+D800\n"},
      {"\"abc", "2:13: newline in string\n"},
      {"`abc", "2:9: string not terminated\n"},
      {"1 /* abc", "2:11: comment not terminated\n"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
    expect_expr(cases[i].literal, cases[i].wanted);
}
END_TEST

START_TEST(semicolons) {
  expect_stmt("x++\ny--\nreturn\n", "");
  expect_stmt("x := f /* a\n b */ y := 1", "");
  expect_stmt("x := f /* a */ y := 1",
              "3:16: syntax error: unexpected name y at end of statement\n");
  expect("package p", "");
  expect("package p; import \"a\"; var x int", "");
}
END_TEST

START_TEST(identifiers) {
  expect("package p\nvar größe, _x1, 世界 int\n", "");
  expect("package p\nvar € int\n", "2:5: invalid character U+20AC '€' in identifier\n");
  expect("package p\nvar \u0661 int\n",
         "2:5: identifier cannot begin with digit U+0661 '\u0661'\n");
}
END_TEST

/* ---- Expressions and types ---- */

START_TEST(precedence) {
  File *file = parse_text("package p\nvar x = a || b && c == d + e * f << g - h\n");
  ck_assert_str_eq(grouping(file->decls.at[0]->var.values.at[0]),
                   "(a||(b&&(c==((d+((e*f)<<g))-h))))");
}
END_TEST

START_TEST(expressions_print_back) {
  static const struct {
    const char *source, *printed;
  } cases[] = {
      {"f(a,b...)", "f(a, b...)"},
      {"x.y.z[i][j:k:l]", "x.y.z[i][j:k:l]"},
      {"x.(T)", "x.(T)"},
      {"*p.q", "*p.q"},
      {"-x+^y", "-x + ^y"},
      {"&T{}", "&T{}"},
      {"<-c", "<-c"},
      {"[]int{1}", "[]int{…}"},
      {"[...]int{1, 2,}", "[...]int{…}"},
      {"map[string][]int{\"a\": {1}}", "map[string][]int{…}"},
      {"func(a, b int, c ...string) (x int, err error)",
       "func(a, b int, c ...string) (x int, err error)"},
      {"func() { g() }", "func() {…}"},
      {"chan<- int", "chan<- int"},
      {"<-chan int", "<-chan int"},
      {"chan (<-chan int)", "chan (<-chan int)"},
      {"struct{ a int }", "struct{…}"},
      {"interface{}", "interface{}"},
      {"(*T).m", "(*T).m"},
      {"F[int](x)", "F[int](x)"},
      {"[3]*T", "[3]*T"},
      {"p.T{a: 1}", "p.T{…}"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
    expect_print(cases[i].source, cases[i].printed);
}
END_TEST

START_TEST(expression_errors) {
  expect_expr("f(1,\n2\n)", "3:2: syntax error: unexpected newline in argument list; "
                            "possibly missing comma or )\n");
  expect_expr("T{1,\n2\n}", "3:2: syntax error: unexpected newline in composite literal; "
                            "possibly missing comma or }\n");
  expect_expr("a[1 2]", "2:13: syntax error: unexpected literal 2, expected comma, : or ]\n");
  expect_expr("a[]", "2:11: syntax error: unexpected ], expected operand\n");
  expect_expr("a[1:2:]", "2:15: final index required in 3-index slice\n");
  expect_expr("(T){}", "2:12: syntax error: cannot parenthesize type in composite literal\n");
  expect_expr("if", "2:9: syntax error: unexpected if, expected expression\n");
  expect_expr("a.3", "2:10: syntax error: unexpected literal .3 after top level declaration\n");
}
END_TEST

START_TEST(declaration_errors) {
  expect("package p\nx := 1\n",
         "2:1: syntax error: non-declaration statement outside function body\n");
  expect("package p\nfunc f()\n{\n}\n",
         "3:1: syntax error: unexpected semicolon or newline before {\n");
  expect("package p\nfunc f(a int, b) {}\n",
         "2:15: syntax error: mixed named and unnamed parameters\n");
  expect("package p\nfunc () g() {}\n", "2:9: method has no receiver\n");
  expect("package p\nvar x int\nimport \"fmt\"\n",
         "3:1: syntax error: imports must appear before other declarations\n");
  expect("package p\nimport 3\n", "2:8: syntax error: import path must be a string\n");
  expect("package p\nvar x := 3\n", "2:7: syntax error: unexpected :=, expected =\n");
  expect("package p\ntype T struct { 3 }\n",
         "2:17: syntax error: unexpected literal 3, expected field name or embedded type\n");
}
END_TEST

START_TEST(generics_are_parsed) {
  expect("package p\ntype A[T any] struct { x T; B[T] }\ntype C [n]int\ntype D[P *T,] int\n"
         "type E[P interface{ ~int | string }] = []P\nfunc F[K comparable, V any](m map[K]V) {}\n"
         "func (a A[T]) m() { F[int, string](nil); var _ A[int] }\n"
         "type I interface { A[int]; ~int | ~string; m(A[int]) }\n",
         "");
  expect("package p\nfunc f[a, b]() {}\n", "2:12: syntax error: missing type constraint\n");
}
END_TEST

START_TEST(const_groups) {
  File *file = parse_text("package p\nconst (\na = iota\nb\nc, d = 1, 2\ne, f\n)\n");
  ck_assert_int_eq(file->decls.len, 4);
  Decl *b = file->decls.at[1], *last = file->decls.at[3];
  ck_assert_int_eq((int)b->constant.iota, 1);
  ck_assert_ptr_eq(b->constant.inherit, file->decls.at[0]);
  ck_assert_ptr_eq(last->constant.inherit, file->decls.at[2]);
  ck_assert_ptr_nonnull(b->group);
}
END_TEST

START_TEST(external_functions_keep_pragmas) {
  File *file = parse_text("package p\n//go:noinline\n//go:nosplit\nfunc now() int64\n"
                          "func g() {}\n");
  Decl *now = file->decls.at[0];
  ck_assert_ptr_null(now->func.body);
  ck_assert_int_eq(now->func.pragmas.len, 2);
  ck_assert_str_eq(now->func.pragmas.at[0], "//go:noinline");
  ck_assert_int_eq(file->decls.at[1]->func.pragmas.len, 0);
}
END_TEST

/* ---- Statements ---- */

START_TEST(statements_are_accepted) {
  expect_stmt("for {}; for x < 3 {}; for i := 0; i < 3; i++ {}; for ; ; {}; for range 3 {}\n"
              "for i := range x {}; for i, v = range x {}; for range c {}; for x == (T{}) {}",
              "");
  expect_stmt("switch {}; switch x := 1; x {}; switch ; "
              "y := x.(type) { case int, []string: default: }\n"
              "switch x { case 1: fallthrough; case 2, 3: }",
              "");
  expect_stmt("select { case x := <-c: case c <- 1: case <-d: default: }\n"
              "go f(); defer func() {}()",
              "");
  expect_stmt("if x := f(); x {} else if y {} else {}\nL: for { break L; continue L }\ngoto M\nM:",
              "");
  expect_stmt("if f := func() bool { return T{} == x }; f() {}\nif x == [2]int{1, 2} {}", "");
  expect_stmt("var a, b = 1, 2; const c = 3; type T int; a, b = b, a; a += 1; c <- x", "");
}
END_TEST

START_TEST(statement_errors) {
  expect_stmt("if x = 3 {}", "3:6: syntax error: cannot use assignment x = 3 as value\n");
  expect_stmt("if x := 3 {}", "3:6: syntax error: cannot use x := 3 as value\n");
  expect_stmt("if x\n{}", "3:5: syntax error: unexpected newline, expected { after if clause\n");
  expect_stmt("if {}", "3:4: syntax error: missing condition in if statement\n");
  expect_stmt("for i := 0; "
              "i < 10 {}", "3:20: syntax error: unexpected {, expected semicolon or newline\n");
  expect_stmt("for i := 0; i < 10; i := 3 {}",
              "3:23: syntax error: cannot declare in post statement of for loop\n");
  expect_stmt("if var x = 3; x {}",
              "3:8: syntax error: var declaration not allowed in if initializer\n");
  expect_stmt("defer (f())", "3:7: expression in defer must not be parenthesized\n");
  expect_stmt("go f", "3:4: expression in go must be function call\n");
  expect_stmt("a, b", "3:5: syntax error: unexpected newline, expected := or = or comma\n");
  expect_stmt("a b", "3:3: syntax error: unexpected name b at end of statement\n");
  expect_stmt("switch x { y }",
              "3:12: syntax error: unexpected name y, expected case or default or }\n");
}
END_TEST

START_TEST(several_errors_in_one_run) {
  expect("package p\nfunc f() {\n\tx 1\n\ty = 2 3\n}\nvar z = 'ab'\nfunc g( {\n}\n",
         "3:4: syntax error: unexpected literal 1 at end of statement\n"
         "4:8: syntax error: unexpected literal 3 at end of statement\n"
         "6:9: more than one character in rune literal\n"
         "7:9: syntax error: unexpected {, expected )\n");
}
END_TEST

START_TEST(branch_errors) {
  expect_stmt("L: f()", "3:1: label L defined and not used\n");
  expect_stmt("goto L", "3:6: label L not defined\n");
  expect_stmt("break", "3:1: break is not in a loop, switch, or select\n");
  expect_stmt("switch { case x: continue }", "3:18: continue is not in a loop\n");
  expect_stmt("L: if x { for { break L } }", "3:23: invalid break label L\n");
  expect_stmt("for { continue K }", "3:16: continue label not defined: K\n");
  expect_stmt("goto L\nx := 1\nL: f(x)",
              "3:6: goto L jumps over declaration of x at t.go:4:3\n");
  expect_stmt("goto L\n{ L: f() }", "3:6: goto L jumps into block starting at t.go:4:1\n");
  expect_stmt("L: L: goto L", "3:4: label L already defined at t.go:3:1\n");
  expect_stmt("switch { case x: fallthrough }",
              "3:18: cannot fallthrough final case in switch\n");
  expect_stmt("switch x.(type) { case int: fallthrough; case T: }",
              "3:29: cannot fallthrough in type switch\n");
  expect_stmt("for { fallthrough }", "3:7: fallthrough statement out of place\n");
}
END_TEST

START_TEST(branches_are_resolved) {
  File *file = parse_text("package p\nfunc f() {\n"
                          "L: for { switch { case x: break L; case y: break } }\n}\n");
  Stmt *label = file->decls.at[0]->func.body->block.stmts.at[0];
  Stmt *loop = label->labeled.stmt;
  Stmt *choice = loop->for_stmt.body->block.stmts.at[0];
  ck_assert_ptr_eq(loop->label, label);
  ck_assert(label->labeled.used && loop->has_break && choice->has_break && !loop->has_continue);
  Stmt *first = choice->switch_stmt.cases.at[0]->case_clause.body.at[0];
  Stmt *second = choice->switch_stmt.cases.at[1]->case_clause.body.at[0];
  ck_assert_ptr_eq(first->branch.target, loop);
  ck_assert_ptr_eq(second->branch.target, choice);
}
END_TEST

START_TEST(label_errors_do_not_break_the_tree) {
  ck_assert(!parse_text("package p\nfunc f() { L: }\n")->broken);
  ck_assert(parse_text("package p\nfunc f() { = }\n")->broken);
}
END_TEST

/* ---- Limits ---- */

/* "package p" and then prefix, and `unit` repeated. */
static void expect_repeated(const char *prefix, const char *unit, int count, bool refused) {
  size_t size = strlen(unit);
  char *text = malloc(strlen(prefix) + size * (size_t)count + 1);
  char *at = text + sprintf(text, "%s", prefix);
  for (int i = 0; i < count; i++)
    at = mempcpy(at, unit, size);
  parse_bytes(text, (size_t)(at - text));
  char *got = messages();
  bool found = strstr(got, "exceeded max nesting depth") != NULL;
  ck_assert_msg(found == refused, "%s... x %d: %s", unit, count, got);
  free(got);
  free(text);
}

START_TEST(deep_nesting_is_refused) {
  static const char *const units[] = {"(", "[", "f(", "a[", "T{", "*", "<-", "[]", "map[", "chan ",
                                      "struct{a ", "func(", "func(){", "a+(", "interface{f("};
  for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
    expect_repeated("package p\nvar x = ", units[i], 200000, true);
  static const char *const statements[] = {"{", "if x {", "for {", "L: ", "if x {} else "};
  for (size_t i = 0; i < sizeof statements / sizeof statements[0]; i++)
    expect_repeated("package p\nfunc f() {", statements[i], 200000, true);
}
END_TEST

START_TEST(limits_on_both_sides) {
  expect_repeated("package p\nvar x = a", "+a", AST_MAX_HEIGHT - 10, false);
  expect_repeated("package p\nvar x = a", "+a", AST_MAX_HEIGHT + 10, true);
  expect_repeated("package p\nvar x = ", "-(", AST_MAX_NESTING / 2 - 10, false);
  expect_repeated("package p\nvar x = ", "-(", AST_MAX_NESTING / 2 + 10, true);
}
END_TEST

/* ---- Go's own library ---- */

static int files_parsed;

static int parse_if_go(const char *path, const struct stat *info, int type, struct FTW *walk) {
  (void)info;
  (void)walk;
  size_t len = strlen(path);
  if (type != FTW_F || len < 3 || strcmp(path + len - 3, ".go") != 0 || strstr(path, "testdata"))
    return 0;
  const char *error;
  Source *source = source_load(path, &error);
  ck_assert_msg(source != NULL, "%s", error);
  parse_file(source);
  files_parsed++;
  return 0;
}

START_TEST(standard_library) {
  static const char *const places[] = {"/usr/share/go-1.23/src", "/usr/share/go-1.19/src",
                                       "/usr/local/go/src"};
  for (size_t i = 0; i < sizeof places / sizeof places[0] && files_parsed == 0; i++)
    nftw(places[i], parse_if_go, 32, FTW_PHYS);
  if (files_parsed == 0)
    printf("standard_library: skipped, no Go source is installed\n");
  char *got = flush_text();
  ck_assert_str_eq(got, "");
  free(got);
}
END_TEST

int main(void) {
  const TTest *const tests[] = {
      source_positions, source_load_failures, hostile_bytes, excerpt_has_a_caret, long_line_is_cut,
      ten_errors_then_too_many, terminal_escapes_are_not_printed, literals, semicolons, identifiers,
      precedence, expressions_print_back, expression_errors, declaration_errors,
      generics_are_parsed, const_groups, external_functions_keep_pragmas, statements_are_accepted,
      statement_errors, several_errors_in_one_run, branch_errors, branches_are_resolved,
      label_errors_do_not_break_the_tree, deep_nesting_is_refused, limits_on_both_sides,
      standard_library,
  };
  Suite *suite = suite_create("parse");
  TCase *all = tcase_create("parse");
  tcase_set_timeout(all, 60);
  for (size_t i = 0; i < sizeof tests / sizeof tests[0]; i++)
    tcase_add_test(all, tests[i]);
  suite_add_tcase(suite, all);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_ENV);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed == 0 ? 0 : 1;
}
