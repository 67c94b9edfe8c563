#include "escape.h"
#include "emit.h"
static bool all(AstWalk*w, Expr*e){(void)w; e->escapes=true; if(e->kind==EXPR_IDENT&&e->ident.obj&&e->ident.obj->kind==OBJ_VAR&&!e->ident.obj->is_global&&!e->ident.obj->is_field){Object*o=e->ident.obj; if(o->addrtaken||(o->captured&&!captured_by_value(o)))var_of(o)->heap=true;} return true;}
void escape_package(Package *pkg, FILE *report){(void)report; AstWalk w={.expr=all}; for(int i=0;i<pkg->nfiles;i++)ast_walk_file(&w,pkg->files[i]);}
