package main

func main() {
unused: // error: label unused defined and not used
	for {
		break missing // error: break label not defined: missing
	}
twice:
	for {
		continue twice
	}
twice: // error: label twice already defined at ./labels.go:8:1
	for {
		break twice // error: invalid break label twice
	}
notloop:
	if true {
		continue notloop // error: invalid continue label notloop
	}
	goto nowhere // error: label nowhere not defined
}
