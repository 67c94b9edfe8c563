package io

// MultiReader returns a Reader of the given ones, one after the other.
func MultiReader(readers ...Reader) Reader {
	return &multiReader{append([]Reader(nil), readers...)}
}

// multiReader drops a reader once it is at its end.
type multiReader struct {
	left []Reader
}

func (m *multiReader) Read(p []byte) (n int, err error) {
	for len(m.left) > 0 {
		n, err = m.left[0].Read(p)
		if err == EOF {
			m.left[0] = nil
			m.left = m.left[1:]
		}
		if n > 0 || err != EOF {
			if err == EOF && len(m.left) > 0 {
				err = nil
			}
			return n, err
		}
	}
	return 0, EOF
}

func (m *multiReader) WriteTo(w Writer) (sum int64, err error) {
	buf := make([]byte, copyBufferSize)
	for len(m.left) > 0 {
		n, err := copyThrough(w, m.left[0], buf)
		sum += n
		if err != nil {
			return sum, err
		}
		m.left[0] = nil
		m.left = m.left[1:]
	}
	return sum, nil
}

// MultiWriter returns a Writer that repeats each write to all the given ones
// and stops at the first that fails.
func MultiWriter(writers ...Writer) Writer {
	return &multiWriter{append([]Writer(nil), writers...)}
}

type multiWriter struct {
	writers []Writer
}

func (m *multiWriter) Write(p []byte) (n int, err error) {
	for _, w := range m.writers {
		n, err = w.Write(p)
		if err == nil && n != len(p) {
			err = ErrShortWrite
		}
		if err != nil {
			return n, err
		}
	}
	return len(p), nil
}

func (m *multiWriter) WriteString(s string) (n int, err error) {
	for _, w := range m.writers {
		n, err = WriteString(w, s)
		if err == nil && n != len(s) {
			err = ErrShortWrite
		}
		if err != nil {
			return n, err
		}
	}
	return len(s), nil
}
