package io

import "sync"

// pipe joins one writer at a time with the readers.
//
// A writer owns turn while its bytes are on offer. It offers the rest of its
// slice on data, the reader that takes it answers on taken with the number of
// bytes it copied, and so on until nothing is left. No byte is stored in the
// pipe. Closing either end closes done once; what each end then reports is in
// the two errors.
type pipe struct {
	turn  sync.Mutex // held by the writer being served
	data  chan []byte
	taken chan int
	done  chan struct{}

	mu       sync.Mutex
	closed   bool  // guarded by mu; done is closed
	readErr  error // guarded by mu; given to CloseWithError of the reader
	writeErr error // guarded by mu; given to CloseWithError of the writer
}

// fail closes the pipe from one end; the first error of an end stays.
func (p *pipe) fail(slot *error, err error) {
	p.mu.Lock()
	if *slot == nil {
		*slot = err
	}
	if !p.closed {
		p.closed = true
		close(p.done)
	}
	p.mu.Unlock()
}

// readError is what Read reports after done.
func (p *pipe) readError() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.readErr == nil && p.writeErr != nil {
		return p.writeErr
	}
	return ErrClosedPipe
}

// writeError is what Write reports after done.
func (p *pipe) writeError() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.writeErr == nil && p.readErr != nil {
		return p.readErr
	}
	return ErrClosedPipe
}

func (p *pipe) isDone() bool {
	select {
	case <-p.done:
		return true
	default:
		return false
	}
}

// PipeReader is the reading end of a Pipe.
type PipeReader struct{ pipe }

// PipeWriter is the writing end of a Pipe.
type PipeWriter struct{ r PipeReader }

// Pipe returns the ends of a synchronous pipe in memory: each Write waits until
// Reads took all of it, or the reader was closed. Both ends may be used by many
// goroutines at once.
func Pipe() (*PipeReader, *PipeWriter) {
	w := &PipeWriter{}
	w.r.data = make(chan []byte)
	w.r.taken = make(chan int)
	w.r.done = make(chan struct{})
	return &w.r, w
}

// Read waits for a writer or for the end; a plainly closed writer gives EOF.
func (r *PipeReader) Read(data []byte) (n int, err error) {
	if r.isDone() {
		return 0, r.readError()
	}
	select {
	case b := <-r.data:
		n = copy(data, b)
		r.taken <- n
		return n, nil
	case <-r.done:
		return 0, r.readError()
	}
}

// Close makes writes fail with ErrClosedPipe.
func (r *PipeReader) Close() error { return r.CloseWithError(nil) }

// CloseWithError makes writes fail with err. It returns nil.
func (r *PipeReader) CloseWithError(err error) error {
	if err == nil {
		err = ErrClosedPipe
	}
	r.fail(&r.readErr, err)
	return nil
}

// Write offers data until readers took it all or the pipe was closed.
func (w *PipeWriter) Write(data []byte) (n int, err error) {
	p := &w.r.pipe
	if p.isDone() {
		return 0, p.writeError()
	}
	p.turn.Lock()
	defer p.turn.Unlock()
	// An empty write waits for a reader too.
	for first := true; first || len(data) > 0; first = false {
		select {
		case p.data <- data:
			m := <-p.taken
			data = data[m:]
			n += m
		case <-p.done:
			return n, p.writeError()
		}
	}
	return n, nil
}

// Close makes reads return EOF once what was written is read.
func (w *PipeWriter) Close() error { return w.CloseWithError(nil) }

// CloseWithError makes reads return err, or EOF for nil. It returns nil.
func (w *PipeWriter) CloseWithError(err error) error {
	if err == nil {
		err = EOF
	}
	w.r.fail(&w.r.writeErr, err)
	return nil
}
