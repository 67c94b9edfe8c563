// Traced: a pipeline that writes an execution trace of itself.
//
//	tern run examples/traced.go demo.trace
//	tern trace -o demo.json demo.trace
//
// Open demo.json in https://ui.perfetto.dev or chrome://tracing: which goroutine ran
// on which processor, why each waited, where the world stood still, and the phases of
// every collection. Without an argument the trace goes nowhere.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"runtime/trace"
	"strings"
	"sync"
)

const documents = 40

// produce makes documents of growing length.
func produce(ctx context.Context, out chan<- string) {
	defer trace.StartRegion(ctx, "produce").End()
	words := []string{"heap", "stack", "mark", "sweep", "goroutine", "channel"}
	for i := range documents {
		var text strings.Builder
		for n := range 200 * (i + 1) {
			text.WriteString(words[(n*n+i)%len(words)])
			text.WriteByte(' ')
		}
		out <- text.String()
	}
	close(out)
}

// count tallies the words of what comes in.
func count(ctx context.Context, in <-chan string, out chan<- map[string]int) {
	for text := range in {
		region := trace.StartRegion(ctx, "count")
		tally := make(map[string]int)
		for _, word := range strings.Fields(text) {
			tally[word]++
		}
		region.End()
		out <- tally
	}
}

func main() {
	var to io.Writer = io.Discard
	if len(os.Args) > 1 {
		file, err := os.Create(os.Args[1])
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		defer file.Close()
		to = file
	}
	if err := trace.Start(to); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	defer trace.Stop()

	ctx, task := trace.NewTask(context.Background(), "count words")
	texts, tallies := make(chan string, 4), make(chan map[string]int)
	go produce(ctx, texts)
	var workers sync.WaitGroup
	for range 3 {
		workers.Add(1)
		go func() {
			defer workers.Done()
			count(ctx, texts, tallies)
		}()
	}
	go func() {
		workers.Wait()
		close(tallies)
	}()

	total, all := make(map[string]int), 0
	for tally := range tallies {
		for word, n := range tally {
			total[word] += n
			all += n
		}
	}
	trace.Logf(ctx, "result", "%d words", all)
	task.End()
	fmt.Println(all, "words:", total)
}
