// VM: a calculator language, compiled to bytecode and run on a stack machine.
//
// Shows: a lexer, a precedence parser, a compiler with jumps that are patched
// later, and an interpreter loop around one large switch: the shape of many
// language implementations, in 350 lines.
//
// The language: numbers, variables, + - * / % < ==, assignment, `while` and
// `if` with blocks in braces, `print`.
//
// Usage: vm [FILE]     without a file it runs three programs of its own
package main

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"unicode"
)

// opcode is one instruction of the machine.
type opcode byte

const (
	opConst opcode = iota // push constant
	opLoad                // push variable
	opStore               // pop into variable
	opAdd                 // pop two, push the result; also the following
	opSub
	opMul
	opDiv
	opMod
	opLess
	opEqual
	opJump      // go to
	opJumpFalse // pop, go to when zero
	opPrint     // pop and print
	opHalt
)

var opNames = [...]string{"const", "load", "store", "add", "sub", "mul", "div",
	"mod", "less", "equal", "jump", "jumpfalse", "print", "halt"}

func (o opcode) String() string { return opNames[o] }

// instruction is an opcode with its operand: a constant, the number of a
// variable, or the address to jump to.
type instruction struct {
	op  opcode
	arg int
}

// program is what the compiler makes.
type program struct {
	code []instruction
	vars []string
}

// tokenize cuts a source into tokens.
func tokenize(src string) (tokens []string) {
	isWord := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	runes := []rune(src)
	for i := 0; i < len(runes); {
		r := runes[i]
		start := i
		i++
		switch {
		case unicode.IsSpace(r):
			continue
		case isWord(r):
			for i < len(runes) && isWord(runes[i]) {
				i++
			}
		case r == '=' && i < len(runes) && runes[i] == '=':
			i++
		}
		tokens = append(tokens, string(runes[start:i]))
	}
	return tokens
}

// compiler turns tokens into a program.
type compiler struct {
	tokens []string
	pos    int
	index  map[string]int
	out    program
}

// compile returns the program for a source, or the first error.
func compile(src string) (p program, err error) {
	c := &compiler{tokens: tokenize(src), index: map[string]int{}}
	defer func() {
		if e := recover(); e != nil {
			err = fmt.Errorf("compile: %v", e)
		}
	}()
	for c.peek() != "" {
		c.statement()
	}
	c.emit(opHalt, 0)
	return c.out, nil
}

func (c *compiler) peek() string {
	if c.pos < len(c.tokens) {
		return c.tokens[c.pos]
	}
	return ""
}

func (c *compiler) next() string {
	t := c.peek()
	c.pos++
	return t
}

func (c *compiler) expect(want string) {
	if t := c.next(); t != want {
		panic(fmt.Sprintf("expected %q, found %q", want, t))
	}
}

// emit appends an instruction and returns its address.
func (c *compiler) emit(op opcode, arg int) int {
	c.out.code = append(c.out.code, instruction{op, arg})
	return len(c.out.code) - 1
}

// patch makes the jump at addr go to the next instruction.
func (c *compiler) patch(addr int) {
	c.out.code[addr].arg = len(c.out.code)
}

// variable returns the number of a variable, a new one if need be.
func (c *compiler) variable(name string) int {
	n, ok := c.index[name]
	if !ok {
		n = len(c.out.vars)
		c.index[name] = n
		c.out.vars = append(c.out.vars, name)
	}
	return n
}

func (c *compiler) block() {
	c.expect("{")
	for c.peek() != "}" && c.peek() != "" {
		c.statement()
	}
	c.expect("}")
}

func (c *compiler) statement() {
	switch t := c.next(); t {
	case "print":
		c.expression(0)
		c.emit(opPrint, 0)
	case "while":
		top := len(c.out.code)
		c.expression(0)
		exit := c.emit(opJumpFalse, 0)
		c.block()
		c.emit(opJump, top)
		c.patch(exit)
	case "if":
		c.expression(0)
		skip := c.emit(opJumpFalse, 0)
		c.block()
		if c.peek() == "else" {
			c.next()
			end := c.emit(opJump, 0)
			c.patch(skip)
			c.block()
			c.patch(end)
		} else {
			c.patch(skip)
		}
	default:
		if t == "" || !unicode.IsLetter(rune(t[0])) {
			panic(fmt.Sprintf("a statement cannot begin with %q", t))
		}
		c.expect("=")
		c.expression(0)
		c.emit(opStore, c.variable(t))
	}
}

// binary lists the operators with how strongly they bind.
var binary = map[string]struct {
	power int
	op    opcode
}{
	"==": {1, opEqual}, "<": {2, opLess}, "+": {3, opAdd}, "-": {3, opSub},
	"*": {4, opMul}, "/": {4, opDiv}, "%": {4, opMod},
}

// expression compiles operators that bind more strongly than power.
func (c *compiler) expression(power int) {
	c.operand()
	for {
		b, ok := binary[c.peek()]
		if !ok || b.power <= power {
			return
		}
		c.next()
		c.expression(b.power)
		c.emit(b.op, 0)
	}
}

func (c *compiler) operand() {
	t := c.next()
	if t == "(" {
		c.expression(0)
		c.expect(")")
	} else if n, err := strconv.Atoi(t); err == nil {
		c.emit(opConst, n)
	} else if t != "" && unicode.IsLetter(rune(t[0])) {
		c.emit(opLoad, c.variable(t))
	} else {
		panic(fmt.Sprintf("expected an operand, found %q", t))
	}
}

// machine is the state of a running program.
type machine struct {
	stack []int
	vars  []int
	steps int
}

func (m *machine) push(v int) {
	m.stack = append(m.stack, v)
}

func (m *machine) pop() int {
	v := m.stack[len(m.stack)-1]
	m.stack = m.stack[:len(m.stack)-1]
	return v
}

// run executes a program and returns the number of steps it took.
func run(p program) (steps int, err error) {
	m := &machine{vars: make([]int, len(p.vars))}
	defer func() {
		if e := recover(); e != nil {
			steps, err = m.steps, fmt.Errorf("run: %v", e)
		}
	}()
	for pc := 0; ; m.steps++ {
		in := p.code[pc]
		pc++
		switch in.op {
		case opConst:
			m.push(in.arg)
		case opLoad:
			m.push(m.vars[in.arg])
		case opStore:
			m.vars[in.arg] = m.pop()
		case opJump:
			pc = in.arg
		case opJumpFalse:
			if m.pop() == 0 {
				pc = in.arg
			}
		case opPrint:
			fmt.Println(m.pop())
		case opHalt:
			return m.steps, nil
		default:
			b, a := m.pop(), m.pop()
			m.push(calculate(in.op, a, b))
		}
	}
}

// truth is the number for a condition.
func truth(b bool) int {
	if b {
		return 1
	}
	return 0
}

// calculate applies a binary operator.
func calculate(op opcode, a, b int) int {
	switch op {
	case opAdd:
		return a + b
	case opSub:
		return a - b
	case opMul:
		return a * b
	case opDiv:
		return a / b
	case opMod:
		return a % b
	case opLess:
		return truth(a < b)
	case opEqual:
		return truth(a == b)
	}
	panic("no such operator: " + op.String())
}

// listing shows a program.
func listing(p program) string {
	var b strings.Builder
	for i, in := range p.code {
		fmt.Fprintf(&b, "%3d %-9v %d\n", i, in.op, in.arg)
	}
	return b.String()
}

var samples = []string{
	`n = 1 while n < 6 { print n * n + (n - 1) % 3  n = n + 1 }`,
	`n = 27 steps = 0 top = n
	 while 1 - (n == 1) {
	   if n % 2 == 0 { n = n / 2 } else { n = 3 * n + 1 }
	   if top < n { top = n }
	   steps = steps + 1
	 }
	 print steps print top`,
	`i = 0 sum = 0 while i < 1000000 { sum = sum + i * i % 7 i = i + 1 } print sum`,
}

func main() {
	sources := samples
	if len(os.Args) > 1 {
		text, err := os.ReadFile(os.Args[1])
		if err != nil {
			fmt.Fprintln(os.Stderr, "vm:", err)
			os.Exit(1)
		}
		sources = []string{string(text)}
	}
	for i, src := range sources {
		p, err := compile(src)
		if err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		if i == 0 {
			fmt.Print(listing(p))
		}
		steps, err := run(p)
		fmt.Println("steps:", steps, "error:", err)
	}
	for _, bad := range []string{`x = `, `print (1`, `= 5`, `while 1 { `} {
		_, err := compile(bad)
		fmt.Println(err)
	}
	p, _ := compile(`print 1 / 0`)
	_, err := run(p)
	fmt.Println(err)
}
