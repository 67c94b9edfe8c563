/* emit_init.c - package variables, initialisation, and the C file as a whole. */
#include "emit.h"

#include <string.h>

Emit E;

/* ---- Package variables -------------------------------------------------- */

static const char *spaced(const char *c) {
  return c[strlen(c) - 1] == '*' ? c : arena_printf("%s ", c);
}

static InitAssign *init_of(Object *o) {
  for (int i = 0; i < E.pkg->ninits; i++)
    if (E.pkg->inits[i].nlhs == 1 && E.pkg->inits[i].lhs[0] == o) return &E.pkg->inits[i];
  return NULL;
}

/* Defines the package's variables; those with constant values are done then. */
void define_globals(void) {
  for (int i = 0; i < E.pkg->nvars; i++) {
    Object *o = E.pkg->vars[i];
    if (strcmp(o->name, "_") == 0) continue;
    const char *symbol = arena_printf("%s.%s", E.pkg->path, o->name);
    Var *v = var_of(o);
    v->c = c_symbol(c_mangle(arena_printf("%s_%s", E.pkg->name, o->name)), symbol);
    InitAssign *init = init_of(o);
    const char *value = "";
    if (init && !type_is_interface(o->type) && literal_is_static(init->rhs)) {
      value = arena_printf(" = %s", static_init(init->rhs, o->type));
      init->nlhs = 0;
    }
    const char *c = spaced(ctype(o->type));
    const char *root = type_has_pointers(o->type) ? " TERN_GLOBAL" : "";
    text_printf(&E.data, "extern %s%s %s;\n", c, v->c,
                sym("", symbol));
    text_printf(&E.data, "%s%s%s%s;\n", c, v->c, root, value);
  }
}

/* ---- Initialisation ----------------------------------------------------- */

static void init_value(InitAssign *a, const char *name) {
  Text text = {0};
  FuncInfo f = {.sig = NULL, .link_name = name};
  E.func = &f;
  E.cname = name;
  E.sig = NULL;
  E.temps = E.labels = E.loop_depth = 0;
  E.active.len = E.hoisted.len = E.used.len = 0;
  E.has_defer = false;
  E.frame.len = 0;
  E.out = &text;
  E.line_file = "";
  E.depth = 1;
  at_pos(a->rhs->pos);
  int line_no = E.want_line;
  if (a->nlhs == 1) {
    Object *o = a->lhs[0];
    if (strcmp(o->name, "_") == 0) {
      eval_drop(a->rhs);
    } else {
      Cx v = rvalue_as(a->rhs, o->type);
      store_memory(var_ref(o), o->type, v);
    }
  } else {
    Expr *r = unparen(a->rhs);
    Cx v[2], t = {0};
    if (r->comma_ok)
      eval_comma_ok(r, &v[0], &v[1]);
    else
      t = spill(rvalue(r), r->type);
    for (int i = 0; i < a->nlhs; i++) {
      Object *o = a->lhs[i];
      if (strcmp(o->name, "_") == 0) continue;
      Cx c = r->comma_ok ? v[i] : cx(P_POST, "%s.r%d", t.s, i);
      store_memory(var_ref(o), o->type, convert(c, r->type->vars[i]->type, o->type));
    }
  }
  flush();
  text_printf(&E.code, "\n#line %d %s\nstatic __attribute__((noinline)) void %s(void) {\n", line_no,
              c_string(E.want_file, strlen(E.want_file)), name);
  text_printf(&E.code, "  if (tern_stack_low()) return %s__grow();\n", name);
  if (E.frame.len) text_add(&E.code, E.frame.s);
  text_add(&E.code, text.s ? text.s : "");
  text_add(&E.code, "}\n");
}

static void void_glue(const char *name) {
  Type sig = {.kind = T_FUNC, .params = type_empty_tuple, .results = type_empty_tuple};
  E.receiver = NULL;
  grow_glue(name, &sig, NULL, 0);
}

typedef LIST_OF(Package *) PackageList;

static void import_order(Package *p, PackageList *order) {
  for (int i = 0; i < order->len; i++)
    if (order->at[i] == p) return;
  for (int i = 0; i < p->nimports; i++) import_order(p->imports[i], order);
  if (!p->is_unsafe) list_push(order, p);
}

static const char *init_function(Package *p) {
  const char *c = c_symbol(c_mangle(arena_printf("%s__init", p->path)),
                           arena_printf("%s..init", p->path));
  text_printf(&E.protos, "void %s(void) %s;\n", c, sym("", arena_printf("%s..init", p->path)));
  return c;
}

/* Writes the package's init function, and the program's start. */
void emit_init(bool program) {
  Text calls = {0};
  for (int i = 0; i < E.pkg->ninits; i++) {
    InitAssign *a = &E.pkg->inits[i];
    if (a->nlhs == 0) continue;
    const char *name = c_symbol(arena_printf("%s_init_%s", E.pkg->name,
                                             strcmp(a->lhs[0]->name, "_")
                                                 ? c_mangle(a->lhs[0]->name)
                                                                          : "blank"),
                                arena_printf("init %d", i));
    text_printf(&E.protos, "static void %s(void);\n", name);
    init_value(a, name);
    void_glue(name);
    text_printf(&calls, "  %s();\n", name);
  }
  emit_literals(E.pkg->lits, E.pkg->nlits);
  for (int i = 0; i < E.pkg->nfuncs; i++) {
    Object *o = E.pkg->funcs[i];
    if (strcmp(o->name, "init") == 0 && !o->type->recv && o->info)
      text_printf(&calls, "  %s();\n", func_ref(o).s);
  }
  const char *c = init_function(E.pkg);
  E.line_file = "";
  text_add(&E.code, "\n#line @\n");
  text_printf(&E.code, "void %s(void) {\n  static bool done;\n  if (done) return;\n"
              "  done = true;\n%s}\n", c, calls.s ? calls.s : "");
  if (!program) return;
  PackageList order = {0};
  import_order(E.pkg, &order);
  text_add(&E.code, "\nvoid tern_program_init(void) {\n");
  for (int i = 0; i < order.len; i++)
    text_printf(&E.code, "  %s();\n", order.at[i] == E.pkg ? c : init_function(order.at[i]));
  text_add(&E.code, "}\n\nvoid tern_program_main(void) { main_main(); }\n");
}

/* ---- The file ----------------------------------------------------------- */

static const char file_head[] =
    "/* Made by tern from package %s. */\n"
    "#include <lang/tern.h>\n"
    "\n"
    "/* The language allows these; in C they would be signs of a mistake. */\n"
    "#pragma GCC diagnostic ignored \"-Wunused-variable\"\n"
    "#pragma GCC diagnostic ignored \"-Wunused-parameter\"\n"
    "#pragma GCC diagnostic ignored \"-Wunused-function\"\n"
    "#pragma GCC diagnostic ignored \"-Wunused-label\"\n"
    "#pragma GCC diagnostic ignored \"-Wunused-value\"\n"
    "#pragma GCC diagnostic ignored \"-Wtype-limits\"\n"
    "#pragma GCC diagnostic ignored \"-Waddress\"\n"
    "#ifdef __clang__\n"
    "#pragma GCC diagnostic ignored \"-Wself-assign\"\n"
    "#pragma GCC diagnostic ignored \"-Wunused-const-variable\"\n"
    "#pragma GCC diagnostic ignored \"-Wtautological-compare\"\n"
    "#else\n"
    "#pragma GCC diagnostic ignored \"-Wunused-but-set-variable\"\n"
    "#pragma GCC diagnostic ignored \"-Wunused-but-set-parameter\"\n"
    "#pragma GCC diagnostic ignored \"-Wclobbered\"\n"
    "#pragma GCC diagnostic ignored \"-Wtautological-compare\"\n"
    "#endif\n"
    "\n"
    "/* what empty slices that are not nil point to */\n"
    "uint64_t tern_zero_size TERN_WEAK;\n";

/* Copies text and turns each "#line @" into the C file's own line. */
static void put(Text *out, int *line_no, const char *s) {
  while (s && *s) {
    const char *end = strchr(s, '\n');
    size_t n = end ? (size_t)(end - s) + 1 : strlen(s);
    ++*line_no;
    if (n == 8 && memcmp(s, "#line @\n", 8) == 0)
      text_printf(out, "#line %d %s\n", *line_no + 1, c_string(E.c_file, strlen(E.c_file)));
    else
      text_addn(out, s, n);
    s += n;
  }
}

static void section(Text *out, int *line_no, const char *title, Text *t) {
  if (!t->len) return;
  put(out, line_no, arena_printf("\n/* ---- %s ---- */\n\n", title));
  put(out, line_no, t->s);
}

/* The package as one C file. */
const char *emit_package(Package *pkg, const char *c_file, bool program, size_t *len) {
  E.pkg = pkg;
  E.is_main = program;
  E.c_file = c_file;
  define_globals();
  for (int i = 0; i < pkg->nfuncs; i++) {
    Object *o = pkg->funcs[i];
    if (o->info && strcmp(o->name, "_") != 0) emit_function(o->info, o);
  }
  emit_init(program);
  own_types();
  descs_finish();
  types_finish();
  Text out = {0};
  int line_no = 0;
  put(&out, &line_no, arena_printf(file_head, pkg->path));
  section(&out, &line_no, "Types", &E.forwards);
  put(&out, &line_no, E.types.s);
  put(&out, &line_no, E.closures.s);
  section(&out, &line_no, "Type descriptors, declared", &E.desc_decls);
  section(&out, &line_no, "Functions, declared", &E.protos);
  section(&out, &line_no, "Variables and constants", &E.data);
  section(&out, &line_no, "Functions", &E.code);
  put(&out, &line_no, "\n#line @\n");
  section(&out, &line_no, "Glue: larger stacks, function values, wrappers", &E.glue);
  section(&out, &line_no, "Type descriptors", &E.descs);
  *len = out.len;
  return out.s;
}
