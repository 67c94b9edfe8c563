package runtime

// describe tells what a return address means.
func describe(pc uintptr) (function, dir, file string, line int, entry uintptr, ok bool)

// Caller tells which call stands skip levels up the stack; 0 is the caller of
// Caller. ok is false if there is none.
func Caller(skip int) (pc uintptr, file string, line int, ok bool) {
	var pcs [1]uintptr
	if Callers(skip+2, pcs[:]) == 0 {
		return 0, "", 0, false
	}
	f := frameOf(pcs[0])
	return pcs[0], f.File, f.Line, true
}

// Callers fills pc with the return addresses on the stack, leaving out skip of
// them, and returns how many; 0 is Callers itself, 1 its caller.
func Callers(skip int, pc []uintptr) int

// Frame is what is known of one call.
type Frame struct {
	PC       uintptr // the return address
	Func     *Func   // nil if not known
	Function string  // "main.(*T).m"; "" if not known
	File     string
	Line     int
	Entry    uintptr // where the function begins
}

func frameOf(pc uintptr) Frame {
	function, dir, file, line, entry, ok := describe(pc)
	if !ok {
		return Frame{PC: pc}
	}
	if dir != "" && (file == "" || file[0] != '/') {
		file = dir + "/" + file
	}
	return Frame{pc, &Func{function, entry}, function, file, line, entry}
}

// Frames goes through the calls that Callers found.
type Frames struct {
	pcs []uintptr
}

// CallersFrames returns the Frames of what Callers found.
func CallersFrames(callers []uintptr) *Frames { return &Frames{callers} }

// Next returns the next call, and whether there are more after it.
func (f *Frames) Next() (frame Frame, more bool) {
	if len(f.pcs) == 0 {
		return Frame{}, false
	}
	frame = frameOf(f.pcs[0])
	f.pcs = f.pcs[1:]
	return frame, len(f.pcs) > 0
}

// Func is a function of the program.
type Func struct {
	name  string
	entry uintptr
}

// FuncForPC returns the function that contains an address; nil if not known.
func FuncForPC(pc uintptr) *Func { return frameOf(pc).Func }

// Name returns the function's name; "" for nil.
func (f *Func) Name() string {
	if f == nil {
		return ""
	}
	return f.name
}

// Entry returns where the function begins.
func (f *Func) Entry() uintptr { return f.entry }

// FileLine returns where the code at an address comes from.
func (f *Func) FileLine(pc uintptr) (file string, line int) {
	frame := frameOf(pc)
	return frame.File, frame.Line
}
