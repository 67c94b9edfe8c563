/* check_test.c - the type checker (compiler/check*.c, types.c, lookup.c,
 * initorder.c).
 *
 * Two kinds of tests: wrong programs with the message that gc gives, and right
 * programs whose decorated tree is looked at.  The rules of types.h on the tree
 * are checked on a program that uses everything. */
#include <check.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "../../compiler/checker.h"
#include "../../compiler/diag.h"
#include "../../compiler/parser.h"
#include "../../compiler/types.h"

/* ---- Helpers ------------------------------------------------------------ */

/* Checks one file as package main. */
static Package *check_text(const char *text) {
  diag_reset();
  File **files = arena_array(File *, 1);
  files[0] = parse_file(source_from_memory("t.go", text, strlen(text)));
  return check_package("main", files, 1, true);
}

static Package *check_ok(const char *text) {
  Package *p = check_text(text);
  if (diag_count() > 0) {
    diag_flush(stderr);
    ck_abort_msg("refused: %s", text);
  }
  return p;
}

/* What is printed about a wrong program, without the excerpts. */
static char *errors_of(const char *text) {
  char *out;
  size_t size;
  check_text(text);
  FILE *f = open_memstream(&out, &size);
  diag_flush(f);
  fclose(f);
  return out;
}

/* The body of main is wrong at line 3 for this reason. */
static void wrong(const char *body, const char *message) {
  char *text = arena_printf("package main\nfunc main() {\n%s\n}\n", body);
  char *errors = errors_of(text);
  char *want = arena_printf("t.go:3:");
  ck_assert_msg(strstr(errors, want) && strstr(errors, message),
                "%s\n  want: %s\n  have: %s", body, message, errors);
  free(errors);
}

static void wrong_file(const char *text, const char *message) {
  char *errors = errors_of(text);
  ck_assert_msg(strstr(errors, message) != NULL, "%s\n  want: %s\n  have: %s",
                text, message, errors);
  free(errors);
}

static Object *global(Package *p, const char *name) {
  Object *o = scope_lookup(p->scope, intern_string(name));
  ck_assert_msg(o != NULL, "no %s", name);
  return o;
}

/* The local variable of that name in a function. */
static Object *local(Package *p, const char *func, const char *name) {
  FuncInfo *f = global(p, func)->info;
  for (int i = 0; i < f->nlocals; i++)
    if (strcmp(f->locals[i]->name, name) == 0) return f->locals[i];
  ck_abort_msg("no %s in %s", name, func);
}

/* ---- Messages ----------------------------------------------------------- */

START_TEST(assignment_messages) {
  wrong("x := 1", "declared and not used: x");
  wrong("var a int = \"s\"; _ = a",
        "cannot use \"s\" (untyped string constant) as int value in variable "
        "declaration");
  wrong("var a int8 = 300; _ = a",
        "cannot use 300 (untyped int constant) as int8 value in variable "
        "declaration (overflows)");
  wrong("var a int = 1.5; _ = a", "(truncated)");
  wrong("a, b := 1; _, _ = a, b",
        "assignment mismatch: 2 variables but 1 value");
  wrong("var a int; a := 2; _ = a", "no new variables on left side of :=");
  wrong("1 = 2",
        "cannot assign to 1 (neither addressable nor a map index expression)");
  wrong("_ = nil", "use of untyped nil in assignment");
  wrong("var a int; var a string; _ = a", "a redeclared in this block");
}
END_TEST

START_TEST(expression_messages) {
  wrong("_ = x", "undefined: x");
  wrong("a, b := 1, \"s\"; _ = a + b",
        "invalid operation: a + b (mismatched types int and string)");
  wrong(
      "a := true; _ = a + a",
      "invalid operation: operator + not defined on a (variable of type bool)");
  wrong("a := 1; _ = a / 0", "invalid operation: division by zero");
  wrong("a := []int{}; _ = a == a",
        "invalid operation: a == a (slice can only be compared to nil)");
  wrong("_ = [2]int{}[5]", "invalid argument: index 5 out of bounds [0:2]");
  wrong("a := 1; _ = *a", "invalid operation: cannot indirect a");
  wrong("a := 1; a()", "invalid operation: cannot call non-function a");
  wrong("const c = 1 << 600", "constant shift overflow");
  wrong("a := 1.5; _ = a << 1", "shifted operand a");
  wrong("_ = \"a\"[-1:]", "must not be negative");
  wrong("1 + 2", "1 + 2 (untyped int constant 3) is not used");
}
END_TEST

START_TEST(call_messages) {
  wrong("func(int, int) {}(1)", "not enough arguments in call to func");
  wrong("func(int) {}(1, 2)", "have (number, number)\n\twant (int)");
  wrong("len()", "not enough arguments for len() (expected 1, found 0)");
  wrong("_ = make(int)",
        "cannot make int; type must be slice, map, or channel");
  wrong("_ = append(1, 2)", "first argument to append must be a slice");
  wrong("var s []int; s.foo()",
        "s.foo undefined (type []int has no field or method foo)");
  wrong("_ = int8(300)", "constant 300 overflows int8");
  wrong("_ = []int(5)",
        "cannot convert 5 (untyped int constant) to type []int");
}
END_TEST

START_TEST(statement_messages) {
  wrong("if 1 { }", "non-boolean condition in if statement");
  wrong("switch 1 { case 1: case 1: }", "duplicate case 1");
  wrong("_ = map[string]int{\"a\": 1, \"a\": 2}", "duplicate key \"a\"");
  wrong("for range 1.5 { }", "cannot range over 1.5");
  wrong("return 1", "too many return values");
  wrong("var i interface{ M() } = 1; _ = i",
        "int does not implement interface{M()} (missing method M)");
  wrong("go 1", "expression in go must be function call");
  wrong("var c <-chan int; c <- 1", "cannot send to receive-only channel");
  wrong_file("package main\nfunc f() int { for { break } }\nfunc main() {}",
             "missing return");
  wrong_file("package main\nfunc f() int { for { } }\nfunc main() { g() }",
             "undefined: g");
}
END_TEST

START_TEST(declaration_messages) {
  wrong_file("package main\ntype T struct { t T }\nfunc main() {}",
             "invalid recursive type: T refers to itself");
  wrong_file("package main\ntype A [2]B\ntype B struct { a A }\nfunc main() {}",
             "invalid recursive type A");
  wrong_file(
      "package main\nvar a = b\nvar b = f()\nfunc f() int { return a }\n"
      "func main() {}",
      "initialization cycle for a");
  wrong_file("package main\nvar x [len(x)]int\nfunc main() {}",
             "initialization cycle: x refers to itself");
  wrong_file("package main\nfunc f[T any](t T) {}\nfunc main() {}",
             "type parameters are not supported");
  wrong_file("package main\nimport \"no/such\"\nfunc main() { such.F() }",
             "package no/such is not in std");
  wrong_file("package main\nfunc (x int) M() {}\nfunc main() {}",
             "cannot define new methods on non-local type int");
  wrong_file(
      "package main\ntype T struct{}\nfunc (T) m() {}\nfunc (T) m() {}\n"
      "func main() {}",
      "method T.m already declared at t.go:3:10");
  wrong_file("package main\nvar c = 1i\nfunc main() {}",
             "complex numbers are not supported");
  wrong_file("package main\n", "function main is undeclared");
}
END_TEST

/* ---- The decorated tree ------------------------------------------------- */

START_TEST(initialisation_order) {
  Package *p = check_ok(
      "package main\nvar a = d\nvar b = 1\nvar c = 2\nvar d = f()\n"
      "func f() int { return c }\nvar e, g = h()\n"
      "func h() (int, int) { return a, b }\nfunc main() {}");
  static const char *const want[] = {"b", "c", "d", "a", "e"};
  ck_assert_int_eq(p->ninits, 5);
  for (int i = 0; i < 5; i++)
    ck_assert_str_eq(p->inits[i].lhs[0]->name, want[i]);
  ck_assert_int_eq(p->inits[4].nlhs, 2);
}
END_TEST

START_TEST(variables) {
  Package *p = check_ok(
      "package main\n"
      "func f(a, b, c int) func() int {\n"
      "  b = 2\n"
      "  p := &c\n"
      "  for i := 0; i < 3; i++ { a := i; _ = a }\n"
      "  return func() int { return a + *p }\n"
      "}\nfunc main() { f(1, 2, 3) }");
  ck_assert(local(p, "f", "a")->captured);
  ck_assert(!local(p, "f", "a")->reassigned);
  ck_assert(local(p, "f", "b")->reassigned);
  ck_assert(!local(p, "f", "b")->captured);
  ck_assert(local(p, "f", "c")->addrtaken);
  ck_assert(local(p, "f", "p")->captured);
  ck_assert(local(p, "f", "i")->per_iteration);
  FuncInfo *f = global(p, "f")->info;
  ck_assert_int_eq(f->nlits, 1);
  ck_assert_str_eq(f->lits[0]->link_name, "main.f.func1");
  ck_assert_int_eq(f->lits[0]->ncaptures, 2);
}
END_TEST

START_TEST(layout) {
  Package *p = check_ok(
      "package main\n"
      "type S struct { a int8; b int64; c int16; d string; e [3]int32 }\n"
      "type Z struct { a int32; z struct{} }\n"
      "func main() {}");
  Type *s = global(p, "S")->type;
  ck_assert_int_eq(type_size(s), 56);
  ck_assert_int_eq(type_align(s), 8);
  Type *u = type_under(s);
  ck_assert_int_eq(u->fields[1].offset, 8);
  ck_assert_int_eq(u->fields[2].offset, 16);
  ck_assert_int_eq(u->fields[3].offset, 24);
  ck_assert_int_eq(u->fields[4].offset, 40);
  ck_assert_int_eq(type_size(global(p, "Z")->type), 8);
  ck_assert(type_has_pointers(s));
  ck_assert(!type_has_pointers(global(p, "Z")->type));
}
END_TEST

START_TEST(method_sets) {
  Package *p = check_ok(
      "package main\n"
      "type A struct{}\nfunc (A) X() {}\nfunc (*A) Y() {}\n"
      "type B struct { *A }\ntype C struct { A }\ntype D struct { B; C }\n"
      "type I interface { X(); Y() }\n"
      "func main() {}");
  Type *a = global(p, "A")->type, *i = global(p, "I")->type;
  ck_assert_int_eq(type_method_set(a)->n, 1);
  ck_assert_int_eq(type_method_set(type_new_pointer(a))->n, 2);
  ck_assert_int_eq(type_method_set(global(p, "B")->type)->n, 2);
  ck_assert_int_eq(type_method_set(global(p, "C")->type)->n, 1);
  ck_assert_int_eq(type_method_set(global(p, "D")->type)->n, 0);
  ck_assert(!type_implements(a, i, NULL));
  ck_assert(type_implements(type_new_pointer(a), i, NULL));
  ck_assert(type_implements(global(p, "B")->type, i, NULL));
  Selection *sel = type_lookup(global(p, "B")->type, p, intern_string("Y"));
  ck_assert_int_eq(sel->path_len, 1);
  ck_assert(!sel->address && !sel->deref && !sel->path[0].deref);
}
END_TEST

START_TEST(type_names) {
  Package *p = check_ok(
      "package main\n"
      "type T struct { a []byte; f func(x int, y ...string) (bool, error) }\n"
      "var m map[string]chan<- *T\n"
      "func main() { type T int; var t T; _ = t }");
  ck_assert_str_eq(type_string(global(p, "m")->type),
                   "map[string]chan<- *main.T");
  ck_assert_str_eq(
      type_string(type_under(global(p, "T")->type)),
      "struct { a []uint8; f func(int, ...string) (bool, error) }");
  Type *inner = local(p, "main", "t")->type;
  ck_assert_str_eq(type_string(inner), "main.T");
  ck_assert_str_ne(type_link_string(inner),
                   type_link_string(global(p, "T")->type));
  ck_assert(!type_identical(inner, global(p, "T")->type));
}
END_TEST

/* Rule 1 of types.h on everything a function body mentions. */
static int untyped_nodes;
static bool find_untyped(AstWalk *walk, Expr *x) {
  (void)walk;
  if (x->cval || x->mode == MODE_TYPE) {
    if (x->cval && type_is_untyped(x->type)) untyped_nodes++;
    return false;
  }
  if (x->type && type_is_untyped(x->type)) untyped_nodes++;
  return true;
}

START_TEST(nothing_stays_untyped) {
  Package *p = check_ok(
      "package main\n"
      "func g(a ...interface{}) {}\n"
      "func main() {\n"
      "  s := 3\n"
      "  var f float64 = 1\n"
      "  var i interface{} = 'x'\n"
      "  var u uint8 = 1 << s\n"
      "  ok := s == 3 && i != nil\n"
      "  var p *int = nil\n"
      "  if p == nil || f < 2 { g(1, \"a\", nil, 2.5, s > 1, 1<<s == 2) }\n"
      "  m := map[interface{}]float32{1: 2, \"k\": 1 / 3.0}\n"
      "  m[2] = 1 << 3\n"
      "  switch s { case 1, 2.0: }\n"
      "  switch { case ok: }\n"
      "  _ = [...]float64{1, 5: 2}\n"
      "  _, _, _ = u, \"abc\"[s], max(s, 1, 2)\n"
      "  for range 10 { }\n"
      "  c := make(chan float64, 1); c <- 1\n"
      "  s += 'a'; s <<= 2\n"
      "}\n");
  AstWalk walk = {.expr = find_untyped};
  untyped_nodes = 0;
  ast_walk_stmt(&walk, global(p, "main")->decl->func.body);
  ck_assert_int_eq(untyped_nodes, 0);
}
END_TEST

/* Deep nesting and long chains must not run out of stack. */
static void *check_deep(void *arg) {
  (void)arg;
  enum { N = 900 };
  char *text = arena_alloc(64 * N);
  strcpy(text, "package main\nvar x = ");
  for (int i = 0; i < N; i++) strcat(text, "(1+");
  strcat(text, "1");
  for (int i = 0; i < N; i++) strcat(text, ")");
  strcat(text, "\nvar y = 1");
  for (int i = 0; i < 5 * N; i++) strcat(text, "+x");
  strcat(text, "\nfunc main() {}\n");
  check_ok(text);
  return NULL;
}

START_TEST(deep_trees) {
  pthread_attr_t attr;
  pthread_t thread;
  pthread_attr_init(&attr);
  pthread_attr_setstacksize(&attr, AST_STACK_SIZE);
  ck_assert_int_eq(pthread_create(&thread, &attr, check_deep, NULL), 0);
  pthread_join(thread, NULL);
}
END_TEST

int main(void) {
  TCase *t = tcase_create("check");
  tcase_set_timeout(t, 60);
  tcase_add_test(t, assignment_messages);
  tcase_add_test(t, expression_messages);
  tcase_add_test(t, call_messages);
  tcase_add_test(t, statement_messages);
  tcase_add_test(t, declaration_messages);
  tcase_add_test(t, initialisation_order);
  tcase_add_test(t, variables);
  tcase_add_test(t, layout);
  tcase_add_test(t, method_sets);
  tcase_add_test(t, type_names);
  tcase_add_test(t, nothing_stays_untyped);
  tcase_add_test(t, deep_trees);
  Suite *s = suite_create("check");
  suite_add_tcase(s, t);
  SRunner *r = srunner_create(s);
  srunner_run_all(r, CK_NORMAL);
  int failed = srunner_ntests_failed(r);
  srunner_free(r);
  return failed != 0;
}
