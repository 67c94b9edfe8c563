package main

import "fmt"

func main() {}

fmt.Println("x") // error: syntax error: non-declaration statement outside function body

return

}
