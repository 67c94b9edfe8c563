package bufio

import (
	"bytes"
	"errors"
	"io"
	"unicode"
	"unicode/utf8"
)

// Scanner cuts its input into tokens: lines, unless Split chose otherwise.
//
// buf[start:end] was read and is not yet cut.
type Scanner struct {
	r          io.Reader
	split      SplitFunc
	limit      int // of a token's size
	token      []byte
	buf        []byte
	start, end int
	err        error
	empties    int  // empty tokens in a row that took no input
	started    bool // Scan was called
	done       bool // a split function asked to stop
}

// SplitFunc cuts the next token off data. It returns by how much to advance, the
// token (nil: none yet, so far as advance is 0 more data is asked for), and an
// error that ends the scan. atEOF tells that there is no more than data.
type SplitFunc func(data []byte, atEOF bool) (advance int, token []byte, err error)

// What a Scanner can fail with.
var (
	ErrTooLong         = errors.New("bufio.Scanner: token too long")
	ErrNegativeAdvance = errors.New("bufio.Scanner: SplitFunc returns negative advance count")
	ErrAdvanceTooFar   = errors.New("bufio.Scanner: SplitFunc returns advance count beyond input")
	ErrBadReadCount    = errors.New("bufio.Scanner: Read returned impossible count")
)

// ErrFinalToken, returned by a SplitFunc, makes its token the last; without a
// token the scan ends at once. It is no error.
var ErrFinalToken = errors.New("final token")

// MaxScanTokenSize is the longest token unless Buffer set another limit.
const MaxScanTokenSize = 64 * 1024

const startBufSize = 4096

// NewScanner returns a Scanner of the lines of r.
func NewScanner(r io.Reader) *Scanner {
	return &Scanner{r: r, split: ScanLines, limit: MaxScanTokenSize}
}

// Buffer gives the scanner memory to begin with and the limit of a token's size
// (which is at least cap(buf)). It panics after the first Scan.
func (s *Scanner) Buffer(buf []byte, max int) {
	if s.started {
		panic("Buffer called after Scan")
	}
	s.buf = buf[:cap(buf)]
	s.limit = max
}

// Split sets the split function. It panics after the first Scan.
func (s *Scanner) Split(split SplitFunc) {
	if s.started {
		panic("Split called after Scan")
	}
	s.split = split
}

// Err returns what ended the scan, nil for EOF.
func (s *Scanner) Err() error {
	if s.err == io.EOF {
		return nil
	}
	return s.err
}

// Bytes returns the token, valid until the next Scan.
func (s *Scanner) Bytes() []byte { return s.token }

// Text returns the token as a string.
func (s *Scanner) Text() string { return string(s.token) }

// Scan goes to the next token; false if there is none, for which Err tells the
// reason. It panics if the split function returns too many empty tokens without
// advancing.
func (s *Scanner) Scan() bool {
	if s.done {
		return false
	}
	s.started = true
	for {
		if s.end > s.start || s.err != nil {
			if found, stop := s.cut(); found {
				return true
			} else if stop {
				return false
			}
		}
		if s.err != nil {
			s.start, s.end = 0, 0
			s.token = nil
			return false
		}
		if !s.makeRoom() {
			return false
		}
		s.read()
	}
}

// cut asks the split function for a token of what is buffered. found: there is
// one; stop: the scan is over.
func (s *Scanner) cut() (found, stop bool) {
	advance, token, err := s.split(s.buf[s.start:s.end], s.err != nil)
	if err != nil {
		if err == ErrFinalToken {
			s.token = token
			s.done = true
			return token != nil, true
		}
		s.fail(err)
		s.token = nil
		return false, true
	}
	if advance < 0 {
		s.fail(ErrNegativeAdvance)
		s.token = nil
		return false, true
	}
	if advance > s.end-s.start {
		s.fail(ErrAdvanceTooFar)
		s.token = nil
		return false, true
	}
	s.start += advance
	s.token = token
	if token == nil {
		return false, false
	}
	if s.err == nil || advance > 0 {
		s.empties = 0
	} else {
		s.empties++
		if s.empties > maxEmptyReads {
			panic("bufio.Scan: too many empty tokens without progressing")
		}
	}
	return true, false
}

// fail notes the first error; EOF gives way to it.
func (s *Scanner) fail(err error) {
	if s.err == nil || s.err == io.EOF {
		s.err = err
	}
}

// makeRoom leaves room behind end; false if the token is too long.
func (s *Scanner) makeRoom() bool {
	if s.start > 0 && (s.end == len(s.buf) || s.start > len(s.buf)/2) {
		copy(s.buf, s.buf[s.start:s.end])
		s.end -= s.start
		s.start = 0
	}
	if s.end < len(s.buf) {
		return true
	}
	if len(s.buf) >= s.limit || len(s.buf) > int(^uint(0)>>1)/2 {
		s.fail(ErrTooLong)
		s.token = nil
		return false
	}
	size := 2 * len(s.buf)
	if size == 0 {
		size = startBufSize
	}
	fresh := make([]byte, min(size, s.limit))
	copy(fresh, s.buf[s.start:s.end])
	s.buf = fresh
	s.end -= s.start
	s.start = 0
	return true
}

// read reads something, or sets s.err.
func (s *Scanner) read() {
	for i := 0; ; i++ {
		n, err := s.r.Read(s.buf[s.end:])
		if n < 0 || n > len(s.buf)-s.end {
			s.fail(ErrBadReadCount)
			return
		}
		s.end += n
		if err != nil {
			s.fail(err)
			return
		}
		if n > 0 {
			s.empties = 0
			return
		}
		if i >= maxEmptyReads {
			s.fail(io.ErrNoProgress)
			return
		}
	}
}

// ScanBytes is a SplitFunc that returns each byte.
func ScanBytes(data []byte, atEOF bool) (advance int, token []byte, err error) {
	if len(data) == 0 {
		return 0, nil, nil
	}
	return 1, data[:1], nil
}

// ScanRunes is a SplitFunc that returns each rune in UTF-8; a byte that is none
// becomes U+FFFD.
func ScanRunes(data []byte, atEOF bool) (advance int, token []byte, err error) {
	if len(data) == 0 || !atEOF && !utf8.FullRune(data) {
		return 0, nil, nil
	}
	r, size := utf8.DecodeRune(data)
	if r == utf8.RuneError && size == 1 {
		return 1, []byte(string(utf8.RuneError)), nil
	}
	return size, data[:size], nil
}

// ScanLines is a SplitFunc that returns each line without its "\n" or "\r\n".
// The last need not have one.
func ScanLines(data []byte, atEOF bool) (advance int, token []byte, err error) {
	end := bytes.IndexByte(data, '\n')
	advance = end + 1
	if end < 0 {
		if !atEOF || len(data) == 0 {
			return 0, nil, nil
		}
		end = len(data)
		advance = end
	}
	if end > 0 && data[end-1] == '\r' {
		end--
	}
	return advance, data[:end], nil
}

// ScanWords is a SplitFunc that returns each run of anything but white space.
func ScanWords(data []byte, atEOF bool) (advance int, token []byte, err error) {
	at := 0
	for at < len(data) {
		r, size := utf8.DecodeRune(data[at:])
		if !unicode.IsSpace(r) {
			break
		}
		at += size
	}
	for i := at; i < len(data); {
		r, size := rune(data[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRune(data[i:])
		}
		if unicode.IsSpace(r) {
			return i + size, data[at:i], nil
		}
		i += size
	}
	if atEOF && at < len(data) {
		return len(data), data[at:], nil
	}
	return at, nil, nil
}
