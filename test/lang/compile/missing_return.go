package main

func a(n int) int {
	if n > 0 {
		return 1
	}
} // error: missing return

func b(n int) int {
	for {
		if n > 0 {
			break
		}
	}
} // error: missing return

func c(n int) int {
	switch n {
	case 1:
		return 1
	}
} // error: missing return

func d(n int) int {
	for n < 5 {
		return 1
	}
} // error: missing return

func ok1(n int) int {
	for {
	}
}

func ok2(n int) int {
	switch {
	case n > 1:
		return 1
	default:
		panic("x")
	}
}

func ok3(n int) int {
	if n > 0 {
		return 1
	} else {
		return 2
	}
}

func main() {}
