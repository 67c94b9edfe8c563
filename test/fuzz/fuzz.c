/* fuzz.c - programs that nobody wrote, for the compiler to refuse or to translate.
 *
 *   fuzz TERN FOLDER SEED SECONDS FILE...      ONE=N: only program N of that seed
 *
 * Each program is one of FILEs with a few of its words changed: left out, doubled,
 * swapped, replaced by another of the same file, of another FILE, or of a list of
 * words that compilers trip over.  Words, not bytes, so that most of them pass the
 * parser.  Program N depends on the seed and on N alone.
 *
 * `TERN emit` must take it or refuse it in words (exit status 0 or 1) within 30
 * seconds, and no sanitizer may speak.  What it takes must be C: every program that
 * it accepts is shown to the C compiler ($CHECK_C, if set, with the C's name behind).
 * A program for which that fails is kept as FOLDER/SEED-N.go, and a line FAIL says so.
 */
#include <ctype.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MAX_FILES = 1000, MAX_WORDS = 20000, MAX_CHANGES = 6, SECONDS_EACH = 30 };

typedef struct { const char *at; int len; } word;
typedef struct { word *words; int n; } source;
static source sources[MAX_FILES];
static int nsources;

/* What is rare in programs and near a limit or a special case. */
static const char *const odd[] = {
    "0", "-1", "1<<63", "1<<64", "9223372036854775807", "0x1p-1074", "1e999", "'\\u1234'",
    "\"\"", "`x`", "nil", "_", "iota", "true", "int", "uint8", "string", "error", "any",
    "float32", "uintptr", "[]int", "[0]int", "[...]int", "[1<<40]byte", "map[string]int",
    "map[any]any", "chan int", "<-chan int", "func()", "func(...int) (a, b int)",
    "struct{}", "struct{ T }", "interface{ m() }", "*T", "T", "interface{}", "(", ")", "{",
    "}", "[", "]", ",", ";", ":", "...", ".", ":=", "=", "+=", "<<", ">>", "&^", "&", "*",
    "<-", "!", "==", "&&", "go", "defer", "return", "break", "continue", "goto", "fallthrough",
    "range", "for", "switch", "select", "case", "default", "type", "const", "var", "func",
    "len", "cap", "append", "copy", "make", "new", "panic", "recover", "min", "clear",
    "delete", "print", "unsafe.Pointer", "unsafe.Sizeof", "init", "main", "L:", "\n"};
enum { ODD = sizeof odd / sizeof *odd };

static void die(const char *what, const char *name) {
  fprintf(stderr, "fuzz: %s %s\n", what, name);
  exit(2);
}

/* ---- Words ------------------------------------------------------------------ */

/* The end of the word at p: a name or number, a string, a run of blanks, a comment,
 * or one other character. */
static const char *word_end(const char *p) {
  if (isalnum((unsigned char)*p) || *p == '_') {
    while (isalnum((unsigned char)*p) || *p == '_') p++;
    return p;
  }
  if (isspace((unsigned char)*p)) {
    while (isspace((unsigned char)*p)) p++;
    return p;
  }
  if (p[0] == '/' && p[1] == '/') return p + strcspn(p, "\n");
  if (*p == '"' || *p == '`' || *p == '\'') {
    char quote = *p++;
    for (; *p && *p != quote; p++)
      if (*p == '\\' && quote != '`' && p[1]) p++;
    return *p ? p + 1 : p;
  }
  return p + 1;
}

static void read_source(const char *name) {
  FILE *f = fopen(name, "r");
  if (!f) die("cannot read", name);
  size_t room = 1 << 20, n;
  char *text = malloc(room);
  n = fread(text, 1, room - 1, f);
  fclose(f);
  text[n] = 0;
  source *s = &sources[nsources++];
  s->words = malloc(MAX_WORDS * sizeof *s->words);
  for (const char *p = text, *end; *p && s->n < MAX_WORDS; p = end) {
    end = word_end(p);
    if (p[0] != '/' || p[1] != '/') s->words[s->n++] = (word){p, (int)(end - p)};
  }
}

/* ---- Changing --------------------------------------------------------------- */

static uint64_t state;
static uint32_t rnd(uint32_t n) {
  state = state * 6364136223846793005u + 1442695040888963407u;
  return (uint32_t)((state >> 33) % n);
}

static word changed[2 * MAX_WORDS];
static int nchanged;

/* Puts n words in front of word `at`. */
static void insert(int at, const word *w, int n) {
  if (nchanged + n > 2 * MAX_WORDS) return;
  word copy[64];
  memcpy(copy, w, (size_t)n * sizeof *w); /* w may be among the words that move */
  memmove(changed + at + n, changed + at, (size_t)(nchanged - at) * sizeof *w);
  memcpy(changed + at, copy, (size_t)n * sizeof *w);
  nchanged += n;
}

static void leave_out(int at, int n) {
  if (n > nchanged - at) n = nchanged - at;
  memmove(changed + at, changed + at + n, (size_t)(nchanged - at - n) * sizeof *changed);
  nchanged -= n;
}

/* A place of a word that is not blank, if one is near. */
static int place(void) {
  int at = (int)rnd((uint32_t)nchanged);
  for (int i = 0; i < 8 && at + 1 < nchanged && isspace((unsigned char)*changed[at].at); i++)
    at++;
  return at;
}

static int kind(word w) {
  return isdigit((unsigned char)*w.at) ? 1 : isalpha((unsigned char)*w.at) ? 2
         : strchr("\"`'", *w.at)     ? 3 : strchr("(){}[],;:. \t\n", *w.at) ? 4 : 5;
}

/* Another word of the same kind in place of the one at `at`: often still a program. */
static void change_alike(int at) {
  for (int i = 0; i < 40; i++) {
    word w = changed[place()];
    if (kind(w) != kind(changed[at]) || (w.len == changed[at].len &&
        memcmp(w.at, changed[at].at, (size_t)w.len) == 0))
      continue;
    changed[at] = w;
    return;
  }
}

/* From the blanks with a line's end around `at` to the next such: a line. */
static void line_around(int at, int *from, int *n) {
  int end = at + 1;
  while (at > 0 && !memchr(changed[at].at, '\n', (size_t)changed[at].len)) at--;
  while (end < nchanged && !memchr(changed[end].at, '\n', (size_t)changed[end].len)) end++;
  *from = at;
  *n = end - at < 60 ? end - at : 60;
}

static void change(void) {
  int at = place(), n = 1 + (int)rnd(rnd(4) ? 3 : 40);
  const source *other = &sources[rnd((uint32_t)nsources)];
  int from;
  switch (rnd(14)) {
    case 8: case 9: case 10: case 11: change_alike(at); break;
    case 12:
      line_around(at, &from, &n);
      leave_out(from, n);
      break;
    case 13: {
      int to = place();
      line_around(at, &from, &n);
      line_around(to, &to, &(int){0});
      insert(to, changed + from, n);
      break;
    }
    case 0: leave_out(at, n); break;
    case 1: insert(at, changed + at, n < nchanged - at ? n : nchanged - at); break;
    case 2: { /* two places change words */
      int b = place();
      word w = changed[at];
      changed[at] = changed[b];
      changed[b] = w;
      break;
    }
    case 3: changed[at] = changed[place()]; break;
    case 4: /* a stretch of another program */
      if (other->n < 80) break;
      insert(at, other->words + rnd((uint32_t)other->n - 64), n);
      break;
    case 5: /* a stretch of this one elsewhere */
      from = place();
      insert(at, changed + from, n < nchanged - from ? n : nchanged - from);
      break;
    case 6: {
      const char *text = odd[rnd(ODD)];
      insert(at, &(word){text, (int)strlen(text)}, 1);
      break;
    }
    default: {
      const char *text = odd[rnd(ODD)];
      changed[at] = (word){text, (int)strlen(text)};
    }
  }
}

static void write_program(const char *name, uint64_t seed, uint64_t number) {
  state = (seed * 0x9e3779b97f4a7c15u) ^ (number * 0xd1b54a32d192ed03u);
  rnd(2);
  const source *s = &sources[rnd((uint32_t)nsources)];
  memcpy(changed, s->words, (size_t)s->n * sizeof(word));
  nchanged = s->n;
  for (int k = 1 + (int)rnd(1 + rnd(MAX_CHANGES)); k > 0 && nchanged > 8; k--) change();
  FILE *f = fopen(name, "w");
  if (!f) die("cannot write", name);
  for (int i = 0; i < nchanged; i++) fwrite(changed[i].at, 1, (size_t)changed[i].len, f);
  fclose(f);
}

/* ---- Running ---------------------------------------------------------------- */

static volatile sig_atomic_t timed_out;
static pid_t child;
static void on_alarm(int sig) {
  (void)sig;
  timed_out = 1;
  kill(-child, SIGKILL);
}

/* Runs argv with its output in log; the exit status, 256 + signal, or -1: too long. */
static int run(char *const argv[], const char *log) {
  timed_out = 0;
  child = fork();
  if (child < 0) die("cannot", "fork");
  if (child == 0) {
    setpgid(0, 0);
    int fd = open(log, O_WRONLY | O_CREAT | O_TRUNC, 0666);
    dup2(fd, 1);
    dup2(fd, 2);
    execvp(argv[0], argv);
    _exit(127);
  }
  setpgid(child, child);
  alarm(SECONDS_EACH);
  int status;
  while (waitpid(child, &status, 0) < 0) {
  }
  alarm(0);
  if (timed_out) return -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 256 + WTERMSIG(status);
}

/* The line of log that says most: a report of a sanitizer, else the first one. */
static const char *says(const char *log) {
  static char line[300], first[300];
  first[0] = 0;
  FILE *f = fopen(log, "r");
  while (f && fgets(line, sizeof line, f)) {
    line[strcspn(line, "\n")] = 0;
    if (!first[0]) strcpy(first, line);
    if (strstr(line, "runtime error:") || strstr(line, "SUMMARY") || strstr(line, "error:")) {
      fclose(f);
      return line;
    }
  }
  if (f) fclose(f);
  return first;
}

int main(int argc, char **argv) {
  if (argc < 6) die("usage: fuzz TERN FOLDER SEED SECONDS", "FILE...");
  char *tern = argv[1], *folder = argv[2], *only = getenv("ONE"), *cc = getenv("CHECK_C");
  uint64_t seed = strtoull(argv[3], NULL, 10), number = 0, accepted = 0, failed = 0;
  if (only && !*only) only = NULL;
  time_t until = time(NULL) + atol(argv[4]);
  for (int i = 5; i < argc && nsources < MAX_FILES; i++) read_source(argv[i]);
  struct sigaction sa = {.sa_handler = on_alarm, .sa_flags = SA_RESTART};
  sigaction(SIGALRM, &sa, NULL);
  char go[4096], c[4096], log[4096], kept[4096], check[9000];
  snprintf(go, sizeof go, "%s/fuzz.go", folder);
  snprintf(c, sizeof c, "%s/fuzz.c", folder);
  snprintf(log, sizeof log, "%s/fuzz.log", folder);
  if (only) number = strtoull(only, NULL, 10) - 1;
  do {
    write_program(go, seed, ++number);
    int status = run((char *[]){tern, "emit", "-o", c, go, NULL}, log);
    bool bad = status != 0 && status != 1, in_c = false;
    if (status == 0 && cc) {
      accepted++;
      snprintf(check, sizeof check, "%s '%s'", cc, c);
      bad = in_c = run((char *[]){"/bin/sh", "-c", check, NULL}, log) != 0;
    }
    if (bad) {
      failed++;
      snprintf(kept, sizeof kept, "%s/%llu-%llu.go", folder, (unsigned long long)seed,
               (unsigned long long)number);
      write_program(kept, seed, number);
      printf("FAIL fuzz: %s: %s: %s\n", kept,
             in_c ? "the C compiler refuses it" : status < 0 ? "not done after 30 s" : "tern ends badly",
             says(log));
      fflush(stdout);
    }
  } while (!only && time(NULL) < until);
  printf("seed %llu: %llu programs, %llu of them accepted\n", (unsigned long long)seed,
         (unsigned long long)number, (unsigned long long)accepted);
  printf("%llu passed, %llu failed\n", (unsigned long long)(only ? !failed : number - failed),
         (unsigned long long)failed);
  return failed != 0;
}
