// Word count: the most frequent words of a text.
//
// Shows: bufio, maps, sorting by two keys, formatted tables. Reads a file, or
// standard input when there is none.
//
// Usage: wordcount [-n N] [FILE]
package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"sort"
	"strconv"
	"strings"
	"unicode"
)

// stats is what was counted.
type stats struct {
	lines, words, runes, bytes int
	frequency                  map[string]int
	longest                    string
}

// entry is one row of the table.
type entry struct {
	word string
	n    int
}

// isSeparator says what stands between words: everything but letters, digits
// and the apostrophe.
func isSeparator(r rune) bool {
	return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\''
}

// count reads everything from in.
func count(in io.Reader) (*stats, error) {
	s := &stats{frequency: map[string]int{}}
	r := bufio.NewReader(in)
	for {
		line, err := r.ReadString('\n')
		if line != "" {
			s.addLine(line)
		}
		if err == io.EOF {
			return s, nil
		}
		if err != nil {
			return s, err
		}
	}
}

// addLine counts one line, which may lack its newline at the end of the input.
func (s *stats) addLine(line string) {
	s.bytes += len(line)
	if strings.HasSuffix(line, "\n") {
		s.lines++
	}
	for range line {
		s.runes++
	}
	for _, word := range strings.FieldsFunc(line, isSeparator) {
		word = strings.Trim(strings.ToLower(word), "'")
		if word == "" {
			continue
		}
		s.words++
		s.frequency[word]++
		if len(word) > len(s.longest) || len(word) == len(s.longest) && word < s.longest {
			s.longest = word
		}
	}
}

// top returns the n most frequent words; equals in alphabetical order.
func (s *stats) top(n int) []entry {
	entries := make([]entry, 0, len(s.frequency))
	for word, n := range s.frequency {
		entries = append(entries, entry{word, n})
	}
	sort.Slice(entries, func(i, j int) bool {
		if entries[i].n != entries[j].n {
			return entries[i].n > entries[j].n
		}
		return entries[i].word < entries[j].word
	})
	return entries[:min(n, len(entries))]
}

// print writes the table with a bar for each word.
func (s *stats) print(n int) {
	fmt.Printf("%d lines, %d words, %d runes, %d bytes, %d different words\n",
		s.lines, s.words, s.runes, s.bytes, len(s.frequency))
	entries := s.top(n)
	width := 0
	for _, e := range entries {
		width = max(width, len([]rune(e.word)))
	}
	for _, e := range entries {
		bar := strings.Repeat("#", max(1, e.n*40/entries[0].n))
		fmt.Printf("%-*s %5d %s\n", width, e.word, e.n, bar)
	}
	if s.longest != "" {
		fmt.Printf("longest word: %s\n", s.longest)
	}
}

func main() {
	n := 10
	args := os.Args[1:]
	if len(args) > 1 && args[0] == "-n" {
		v, err := strconv.Atoi(args[1])
		if err != nil || v < 1 {
			fmt.Fprintln(os.Stderr, "wordcount: -n wants a positive number, not", args[1])
			os.Exit(2)
		}
		n, args = v, args[2:]
	}
	in := os.Stdin
	if len(args) > 0 {
		f, err := os.Open(args[0])
		if err != nil {
			fmt.Fprintln(os.Stderr, "wordcount:", err)
			os.Exit(1)
		}
		defer f.Close()
		in = f
	}
	s, err := count(in)
	if err != nil {
		fmt.Fprintln(os.Stderr, "wordcount:", err)
		os.Exit(1)
	}
	s.print(n)
}
