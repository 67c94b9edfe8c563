// Spectral norm of an infinite matrix, cut off at N, by the power method:
// floating-point division and tight loops over slices.
//
// Usage: spectralnorm [N]
package main

import (
	"fmt"
	"math"
	"os"
	"strconv"
)

// element is entry (i, j) of the matrix.
func element(i, j int) float64 {
	return 1 / float64((i+j)*(i+j+1)/2+i+1)
}

func multiply(v, out []float64) {
	for i := range out {
		sum := 0.0
		for j, x := range v {
			sum += element(i, j) * x
		}
		out[i] = sum
	}
}

func multiplyTransposed(v, out []float64) {
	for i := range out {
		sum := 0.0
		for j, x := range v {
			sum += element(j, i) * x
		}
		out[i] = sum
	}
}

func main() {
	n := 6000
	if len(os.Args) > 1 {
		n, _ = strconv.Atoi(os.Args[1])
	}
	u, v, t := make([]float64, n), make([]float64, n), make([]float64, n)
	for i := range u {
		u[i] = 1
	}
	for range 10 {
		multiply(u, t)
		multiplyTransposed(t, v)
		multiply(v, t)
		multiplyTransposed(t, u)
	}
	var uv, vv float64
	for i := range u {
		uv += u[i] * v[i]
		vv += v[i] * v[i]
	}
	fmt.Printf("%.9f\n", math.Sqrt(uv/vv))
}
