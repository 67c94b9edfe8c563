package fmt

import (
	"internal/reflectlite"
	"sort"
)

// entries are the keys and values of a map, to be sorted by key: numbers and
// strings ascending (NaN first), false before true, pointers by address, structs
// and arrays by their first difference, interfaces by type and then value, nil
// first.
type entries struct {
	keys, values []reflectlite.Value
}

// Len returns the number of entries.
func (e *entries) Len() int { return len(e.keys) }

// Less compares two keys.
func (e *entries) Less(i, j int) bool { return compare(e.keys[i], e.keys[j]) < 0 }

// Swap exchanges two entries.
func (e *entries) Swap(i, j int) {
	e.keys[i], e.keys[j] = e.keys[j], e.keys[i]
	e.values[i], e.values[j] = e.values[j], e.values[i]
}

func sortEntries(keys, values []reflectlite.Value) {
	if len(keys) > 1 {
		sort.Stable(&entries{keys, values})
	}
}

func order(less, equal bool) int {
	if less {
		return -1
	}
	if equal {
		return 0
	}
	return 1
}

// compare returns <0, 0 or >0 as a comes before, with or after b, which are of
// one type.
func compare(a, b reflectlite.Value) int {
	if a.Type() != b.Type() {
		return -1
	}
	switch a.Kind() {
	case reflectlite.Int, reflectlite.Int8, reflectlite.Int16, reflectlite.Int32,
		reflectlite.Int64:
		x, y := a.Int(), b.Int()
		return order(x < y, x == y)
	case reflectlite.Uint, reflectlite.Uint8, reflectlite.Uint16, reflectlite.Uint32,
		reflectlite.Uint64, reflectlite.Uintptr:
		x, y := a.Uint(), b.Uint()
		return order(x < y, x == y)
	case reflectlite.String:
		x, y := a.String(), b.String()
		return order(x < y, x == y)
	case reflectlite.Float32, reflectlite.Float64:
		x, y := a.Float(), b.Float()
		return order(x < y || x != x && y == y, x == y || x != x)
	case reflectlite.Bool:
		x, y := a.Bool(), b.Bool()
		return order(!x && y, x == y)
	case reflectlite.Pointer, reflectlite.UnsafePointer, reflectlite.Chan:
		x, y := a.Pointer(), b.Pointer()
		return order(x < y, x == y)
	case reflectlite.Struct:
		for i := 0; i < a.NumField(); i++ {
			if c := compare(a.Field(i), b.Field(i)); c != 0 {
				return c
			}
		}
	case reflectlite.Array:
		for i := 0; i < a.Len(); i++ {
			if c := compare(a.Index(i), b.Index(i)); c != 0 {
				return c
			}
		}
	case reflectlite.Interface:
		return compareInterfaces(a.Elem(), b.Elem())
	}
	return 0
}

func compareInterfaces(a, b reflectlite.Value) int {
	if !a.IsValid() || !b.IsValid() {
		return order(!a.IsValid() && b.IsValid(), a.IsValid() == b.IsValid())
	}
	if a.Type() != b.Type() {
		x, y := typeAddress(a), typeAddress(b)
		return order(x < y, x == y)
	}
	return compare(a, b)
}

// typeAddress orders types by where their descriptors are, as Go does.
func typeAddress(v reflectlite.Value) uintptr {
	return reflectlite.ValueOf(v.Type()).Pointer()
}
