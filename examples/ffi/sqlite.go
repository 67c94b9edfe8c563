// Sqlite keeps a table in a database file: creates it, inserts 100,000 rows in one transaction, and asks for them with
// a callback for each row of the answer.
//
//	tern run examples/ffi/sqlite.go [rows [file]]
//
// Needs libsqlite3.so.0 (Debian: libsqlite3-0).
package main

import (
	"fmt"
	"os"
	"strconv"
	"time"
	"unsafe"

	"github.com/ebitengine/purego"
)

const (
	rowOf, done = 100, 101
	transient   = ^uintptr(0) // SQLite copies the text
)

type database uintptr
type statement uintptr
type row func(arg unsafe.Pointer, n int32, values, names **byte) int32

var (
	open     func(name string, db *database) int32
	closeDB  func(database) int32
	errmsg   func(database) string
	exec     func(db database, sql string, each row, arg, err uintptr) int32
	run      func(db database, sql string, each, arg, err uintptr) int32 // the same without a callback
	prepare  func(db database, sql string, n int32, s *statement, tail uintptr) int32
	bindInt  func(s statement, at int32, v int64) int32
	bindText func(s statement, at int32, text string, n int32, free uintptr) int32
	bindReal func(s statement, at int32, v float64) int32
	step     func(statement) int32
	reset    func(statement) int32
	finalize func(statement) int32
	realAt   func(s statement, column int32) float64
	textAt   func(s statement, column int32) string
)

var db database

func check(status int32) {
	if status != 0 {
		panic("sqlite: " + errmsg(db))
	}
}

// texts makes a slice of the n C strings of one row.
func texts(n int32, at **byte) []string {
	out := make([]string, n)
	for i, p := range unsafe.Slice(at, n) {
		if p == nil {
			out[i] = "NULL"
			continue
		}
		n := 0
		for *(*byte)(unsafe.Add(unsafe.Pointer(p), n)) != 0 {
			n++
		}
		out[i] = string(unsafe.Slice(p, n))
	}
	return out
}

// query runs sql and calls f for each row of the answer; f returns false to stop.
func query(sql string, f func(names, values []string) bool) int32 {
	return exec(db, sql, func(_ unsafe.Pointer, n int32, values, names **byte) int32 {
		if f(texts(n, names), texts(n, values)) {
			return 0
		}
		return 1
	}, 0, 0)
}

func main() {
	lib, err := purego.Dlopen("libsqlite3.so.0", purego.RTLD_NOW)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	for name, fn := range map[string]any{
		"open": &open, "close": &closeDB, "errmsg": &errmsg, "exec": &exec, "prepare_v2": &prepare,
		"bind_int64": &bindInt, "bind_text": &bindText, "bind_double": &bindReal, "step": &step,
		"reset": &reset, "finalize": &finalize, "column_double": &realAt, "column_text": &textAt,
	} {
		purego.RegisterLibFunc(fn, lib, "sqlite3_"+name)
	}
	purego.RegisterLibFunc(&run, lib, "sqlite3_exec")
	rows, file := 100000, ":memory:"
	if len(os.Args) > 1 {
		rows, _ = strconv.Atoi(os.Args[1])
	}
	if len(os.Args) > 2 {
		file = os.Args[2]
	}

	check(open(file, &db))
	check(run(db, "CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT, height REAL)", 0, 0, 0))
	start := time.Now()
	check(run(db, "BEGIN", 0, 0, 0))
	var insert statement
	check(prepare(db, "INSERT INTO person VALUES (?, ?, ?)", -1, &insert, 0))
	for i := 0; i < rows; i++ {
		check(bindInt(insert, 1, int64(i)))
		check(bindText(insert, 2, "person "+strconv.Itoa(i*7919%rows), -1, transient))
		check(bindReal(insert, 3, 1.5+float64(i%60)/100))
		if status := step(insert); status != done {
			panic("sqlite: " + errmsg(db))
		}
		check(reset(insert))
	}
	check(finalize(insert))
	check(run(db, "COMMIT", 0, 0, 0))
	fmt.Fprintln(os.Stderr, rows, "rows in", time.Since(start).Round(time.Millisecond))

	const sums = "SELECT count(*), round(avg(height), 3) AS mean, max(name) FROM person"
	check(query(sums, func(names, values []string) bool {
		fmt.Println(names, values)
		return true
	}))
	n := 0
	check(query("SELECT name FROM person WHERE id % 10 = 3", func(_, values []string) bool {
		n++
		return true
	}))
	fmt.Println(n, "rows, each by a callback")
	n = 0
	status := query("SELECT * FROM person ORDER BY name", func(_, values []string) bool {
		n++
		if n <= 3 {
			fmt.Println(values)
		}
		return n < 3
	})
	fmt.Println(status, errmsg(db)) // SQLITE_ABORT, as asked for

	var s statement
	check(prepare(db, "SELECT name, height FROM person WHERE id = 42", -1, &s, 0))
	for step(s) == rowOf {
		fmt.Printf("%s is %.2f m tall\n", textAt(s, 0), realAt(s, 1))
	}
	check(finalize(s))
	fmt.Println(run(db, "SELECT nonsense", 0, 0, 0), errmsg(db))
	check(closeDB(db))
}
