package trace

import (
	"context"
	"fmt"
	"sync/atomic"
)

// Kinds of annotations, as link_trace.c numbers them.
const (
	kindTaskBegin = iota
	kindTaskEnd
	kindRegionBegin
	kindRegionEnd
	kindLog
)

// emit writes an annotation; a and b are tasks.
func emit(kind int, a, b uint64, text string)

type taskKey struct{}

var lastTask uint64

// Task is a piece of work of the program's own that several goroutines may share.
type Task struct {
	id uint64
}

// NewTask begins a task, part of the one that ctx belongs to. What is done with the
// context that it returns belongs to the new task.
func NewTask(ctx context.Context, taskType string) (context.Context, *Task) {
	t := &Task{atomic.AddUint64(&lastTask, 1)}
	emit(kindTaskBegin, t.id, taskOf(ctx), taskType)
	return context.WithValue(ctx, taskKey{}, t), t
}

// End ends the task.
func (t *Task) End() { emit(kindTaskEnd, t.id, 0, "") }

func taskOf(ctx context.Context) uint64 {
	if t, ok := ctx.Value(taskKey{}).(*Task); ok {
		return t.id
	}
	return 0
}

// Log writes a message of some category into the trace.
func Log(ctx context.Context, category, message string) {
	if IsEnabled() {
		if category != "" {
			message = category + ": " + message
		}
		emit(kindLog, taskOf(ctx), 0, message)
	}
}

// Logf is Log with a format.
func Logf(ctx context.Context, category, format string, args ...any) {
	if IsEnabled() {
		Log(ctx, category, fmt.Sprintf(format, args...))
	}
}

// WithRegion runs fn and shows in the trace how long it took.
func WithRegion(ctx context.Context, regionType string, fn func()) {
	defer StartRegion(ctx, regionType).End()
	fn()
}

// Region is a stretch of one goroutine's time.
type Region struct {
	task uint64
	name string
}

var noRegion = &Region{}

// StartRegion begins a region, which the same goroutine must end.
func StartRegion(ctx context.Context, regionType string) *Region {
	if !IsEnabled() {
		return noRegion
	}
	r := &Region{taskOf(ctx), regionType}
	emit(kindRegionBegin, r.task, 0, regionType)
	return r
}

// End ends the region.
func (r *Region) End() {
	if r != noRegion {
		emit(kindRegionEnd, r.task, 0, r.name)
	}
}
