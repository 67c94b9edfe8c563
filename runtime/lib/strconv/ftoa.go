package strconv

import "math"

// FormatFloat returns f, rounded from bitSize (32 or 64) bits, in the format
// fmt: 'b' (-ddddp±ddd, a binary exponent), 'e' or 'E' (-d.dddde±dd), 'f'
// (-ddd.dddd), 'g' or 'G' ('e' for large exponents, else 'f'), 'x' or 'X'
// (-0xd.dddp±dd).  prec is the number of digits after the point, for 'g' of all
// digits; -1 means as few as identify the number.
func FormatFloat(f float64, fmt byte, prec, bitSize int) string {
	var buf [32]byte
	return string(AppendFloat(buf[:0], f, fmt, prec, bitSize))
}

// AppendFloat appends f, formatted as by FormatFloat, to dst.
func AppendFloat(dst []byte, f float64, fmt byte, prec, bitSize int) []byte {
	var bits uint64
	mantBits, bias := uint(52), -1074
	switch bitSize {
	case 64:
		bits = math.Float64bits(f)
	case 32:
		b := math.Float32bits(float32(f))
		// The sign and exponent where those of 64 bits are.
		bits = uint64(b>>31)<<63 | uint64(b>>23&0xFF)<<52 | uint64(b&(1<<23-1))
		mantBits, bias = 23, -149
	default:
		panic("strconv: illegal AppendFloat/FormatFloat bitSize")
	}
	neg := bits>>63 != 0
	exp := int(bits >> 52 & 0x7FF)
	mant := bits & (1<<52 - 1)
	if bitSize == 64 && exp == 0x7FF || bitSize == 32 && exp == 0xFF {
		switch {
		case mant != 0:
			return append(dst, "NaN"...)
		case neg:
			return append(dst, "-Inf"...)
		}
		return append(dst, "+Inf"...)
	}
	narrow := mant == 0 && exp > 1
	if exp == 0 {
		exp = 1
	} else {
		mant |= 1 << mantBits
	}
	exp += bias - 1 // the number is mant * 2**exp
	if neg {
		dst = append(dst, '-')
	}
	switch fmt {
	case 'b':
		return formatBinary(dst, mant, exp)
	case 'x', 'X':
		return formatHex(dst, mant, exp, fmt, prec, mantBits)
	case 'e', 'E', 'f', 'g', 'G':
	default:
		if neg {
			dst = dst[:len(dst)-1]
		}
		return append(dst, '%', fmt)
	}
	var buf [65]byte
	var d decimal
	if prec < 0 {
		if mant != 0 {
			v, k := shortest(mant, exp, narrow)
			d.set(v, k, &buf)
		}
		return layOut(dst, &d, fmt, shortestPrec(&d, fmt), true)
	}
	if mant != 0 {
		round(&d, &buf, mant, exp, fmt, prec)
	}
	if prec == 0 && (fmt == 'g' || fmt == 'G') {
		prec = 1
	}
	return layOut(dst, &d, fmt, prec, false)
}

// shortestPrec returns the precision that shows all of d's digits.
func shortestPrec(d *decimal, fmt byte) int {
	switch fmt {
	case 'e', 'E':
		return max(len(d.digits)-1, 0)
	case 'f':
		return max(len(d.digits)-d.point, 0)
	}
	return len(d.digits)
}

// round sets d to the digits of mant * 2**exp that fmt and prec ask for.
func round(d *decimal, buf *[65]byte, mant uint64, exp int, fmt byte, prec int) {
	switch fmt {
	case 'f':
		if v, ok := scaled(mant, exp, prec); ok {
			d.set(v, -prec, buf)
			return
		}
		*d = *manyDigits(mant, exp)
		d.round(d.point + prec)
		return
	case 'e', 'E':
		prec++
	}
	prec = max(prec, 1)
	if prec <= 17 && fewDigits(d, buf, mant, exp, prec) {
		return
	}
	*d = *manyDigits(mant, exp)
	d.round(prec)
}

// layOut writes d with prec as the format has it.
func layOut(dst []byte, d *decimal, fmt byte, prec int, fewest bool) []byte {
	switch fmt {
	case 'e', 'E':
		return layOutE(dst, d, fmt, prec)
	case 'f':
		return layOutF(dst, d, max(prec, 0))
	}
	limit := prec
	if limit > len(d.digits) && len(d.digits) >= d.point {
		limit = len(d.digits)
	}
	if fewest {
		limit = 6
	}
	exp := d.point - 1
	if len(d.digits) == 0 {
		exp = -1
	}
	if exp < -4 || exp >= limit {
		if prec > len(d.digits) {
			prec = len(d.digits)
		}
		return layOutE(dst, d, fmt+'e'-'g', prec-1)
	}
	if prec > d.point {
		prec = len(d.digits)
	}
	return layOutF(dst, d, max(prec-d.point, 0))
}

// layOutE writes -d.ddde±dd.
func layOutE(dst []byte, d *decimal, fmt byte, prec int) []byte {
	n := len(d.digits)
	exp := d.point - 1
	if n == 0 {
		dst = append(dst, '0')
		exp = 0
	} else {
		dst = append(dst, d.digits[0])
	}
	if prec > 0 {
		dst = append(dst, '.')
		if n > 1 {
			dst = append(dst, d.digits[1:min(n, prec+1)]...)
		}
		for i := max(n, 1); i <= prec; i++ {
			dst = append(dst, '0')
		}
	}
	dst = append(dst, fmt)
	return appendExponent(dst, exp)
}

// appendExponent writes a sign and at least two digits.
func appendExponent(dst []byte, exp int) []byte {
	if exp < 0 {
		dst = append(dst, '-')
		exp = -exp
	} else {
		dst = append(dst, '+')
	}
	if exp < 100 {
		return append(dst, digitPairs[2*exp], digitPairs[2*exp+1])
	}
	return AppendUint(dst, uint64(exp), 10)
}

// layOutF writes -ddd.ddd.
func layOutF(dst []byte, d *decimal, prec int) []byte {
	n := len(d.digits)
	if d.point > 0 {
		whole := min(n, d.point)
		dst = append(dst, d.digits[:whole]...)
		for ; whole < d.point; whole++ {
			dst = append(dst, '0')
		}
	} else {
		dst = append(dst, '0')
	}
	if prec > 0 {
		dst = append(dst, '.')
		for i := 0; i < prec; i++ {
			c := byte('0')
			if at := d.point + i; 0 <= at && at < n {
				c = d.digits[at]
			}
			dst = append(dst, c)
		}
	}
	return dst
}

// formatBinary writes mantissa and exponent as decimal integers.
func formatBinary(dst []byte, mant uint64, exp int) []byte {
	dst = AppendUint(dst, mant, 10)
	dst = append(dst, 'p')
	if exp >= 0 {
		dst = append(dst, '+')
	}
	return AppendInt(dst, int64(exp), 10)
}

// formatHex writes 0x1.hhhp±dd, with prec digits after the point.
func formatHex(dst []byte, mant uint64, exp int, fmt byte, prec int, mantBits uint) []byte {
	exp += int(mantBits)
	if mant == 0 {
		exp = 0
	} else {
		// The first bit goes to place 60, so that 15 digits follow.
		mant <<= 60 - mantBits
		for mant>>60 == 0 {
			mant <<= 1
			exp--
		}
	}
	if 0 <= prec && prec < 15 {
		drop := uint(60 - 4*prec)
		half := uint64(1) << (drop - 1)
		rest := mant & (1<<drop - 1)
		mant >>= drop
		if rest > half || rest == half && mant&1 == 1 {
			mant++
		}
		mant <<= drop
		if mant>>61 != 0 {
			mant >>= 1
			exp++
		}
	}
	hex := lowerDigits
	if fmt == 'X' {
		hex = "0123456789ABCDEF"
	}
	dst = append(dst, '0', fmt, '0'+byte(mant>>60))
	mant <<= 4
	if prec < 0 && mant != 0 || prec > 0 {
		dst = append(dst, '.')
	}
	for i := 0; prec < 0 && mant != 0 || i < prec; i++ {
		dst = append(dst, hex[mant>>60])
		mant <<= 4
	}
	dst = append(dst, fmt-'x'+'p')
	return appendExponent(dst, exp)
}
