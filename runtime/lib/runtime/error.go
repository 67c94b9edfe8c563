package runtime

// Error is what a panic of the run time carries: an error with one method more,
// so that it can be told from others.
type Error interface {
	error

	// RuntimeError does nothing.
	RuntimeError()
}
