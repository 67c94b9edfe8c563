package syscall

import "sync"

// The names and values the process was started with, in C's memory.
func envCount() int
func envAt(i int) string
func argCount() int
func argAt(i int) string

// tellC makes a change in C's copy of the environment, if the program calls C.
func tellC(name, value string, set bool)

// env is the environment as the program sees it. C's copy follows in programs
// that call C; what C changes in it is not seen here, as in Go.
var (
	envOnce sync.Once
	envLock sync.RWMutex
	env     []string       // guarded by envLock: "name=value", "" if unset
	envName map[string]int // guarded by envLock: where in env
)

// Args returns a copy of the command line.
func Args() []string {
	args := make([]string, argCount())
	for i := range args {
		args[i] = argAt(i)
	}
	return args
}

func splitEnv(s string) (name, value string, ok bool) {
	// A name may begin with '='.
	for i := 1; i < len(s); i++ {
		if s[i] == '=' {
			return s[:i], s[i+1:], true
		}
	}
	return "", "", false
}

func readEnv() {
	n := envCount()
	env = make([]string, 0, n)
	envName = make(map[string]int)
	for i := 0; i < n; i++ {
		s := envAt(i)
		name, _, ok := splitEnv(s)
		if !ok {
			continue
		}
		if _, twice := envName[name]; twice {
			continue // the first counts
		}
		envName[name] = len(env)
		env = append(env, s)
	}
}

// Getenv returns the value of a name, and whether it has one.
func Getenv(key string) (value string, found bool) {
	envOnce.Do(readEnv)
	if key == "" {
		return "", false
	}
	envLock.RLock()
	defer envLock.RUnlock()
	i, ok := envName[key]
	if !ok {
		return "", false
	}
	_, value, _ = splitEnv(env[i])
	return value, true
}

// Setenv gives a name a value.
func Setenv(key, value string) error {
	envOnce.Do(readEnv)
	if key == "" {
		return EINVAL
	}
	for i := 0; i < len(key); i++ {
		if key[i] == '=' || key[i] == 0 {
			return EINVAL
		}
	}
	for i := 0; i < len(value); i++ {
		if value[i] == 0 {
			return EINVAL
		}
	}
	envLock.Lock()
	defer envLock.Unlock()
	i, ok := envName[key]
	if !ok {
		i = len(env)
		env = append(env, "")
		envName[key] = i
	}
	env[i] = key + "=" + value
	tellC(key, value, true)
	return nil
}

// Unsetenv takes a name out.
func Unsetenv(key string) error {
	envOnce.Do(readEnv)
	envLock.Lock()
	defer envLock.Unlock()
	if i, ok := envName[key]; ok {
		env[i] = ""
		delete(envName, key)
	}
	tellC(key, "", false)
	return nil
}

// Clearenv takes all names out.
func Clearenv() {
	envOnce.Do(readEnv)
	envLock.Lock()
	defer envLock.Unlock()
	for key := range envName {
		tellC(key, "", false)
	}
	env = nil
	envName = make(map[string]int)
}

// Environ returns a copy of the environment, as "name=value".
func Environ() []string {
	envOnce.Do(readEnv)
	envLock.RLock()
	defer envLock.RUnlock()
	list := make([]string, 0, len(env))
	for _, s := range env {
		if s != "" {
			list = append(list, s)
		}
	}
	return list
}
