// Bank: many clerks move money between accounts at the same time.
//
// Shows: a mutex in each account, locks taken in a fixed order so that no two
// clerks wait for each other, sync.WaitGroup, atomic counters, and errors made
// for the occasion. Whatever the interleaving, no money appears or vanishes.
//
// Usage: bank [CLERKS [TRANSFERS]]
package main

import (
	"errors"
	"fmt"
	"os"
	"strconv"
	"sync"
	"sync/atomic"
)

// account is one customer's money; mu guards balance and history.
type account struct {
	id      int
	mu      sync.Mutex
	balance int
	history []int
}

// insufficient is the error of a transfer that is not covered.
type insufficient struct {
	account, balance, amount int
}

func (e *insufficient) Error() string {
	return fmt.Sprintf("account %d holds %d, cannot pay %d", e.account, e.balance, e.amount)
}

var errSameAccount = errors.New("source and destination are the same account")

// bank owns the accounts. The counters are atomic.
type bank struct {
	accounts         []*account
	done, refused    atomic.Int64
	inspections, bad atomic.Int64
}

func newBank(accounts, balance int) *bank {
	b := &bank{}
	for i := range accounts {
		b.accounts = append(b.accounts, &account{id: i, balance: balance})
	}
	return b
}

// lockBoth locks two accounts, the lower number first: this order is what
// keeps two opposite transfers from waiting for each other for ever.
func lockBoth(a, b *account) (unlock func()) {
	if a.id > b.id {
		a, b = b, a
	}
	a.mu.Lock()
	b.mu.Lock()
	return func() {
		b.mu.Unlock()
		a.mu.Unlock()
	}
}

// transfer moves an amount or explains why not.
func (b *bank) transfer(from, to, amount int) error {
	if from == to {
		return fmt.Errorf("account %d: %w", from, errSameAccount)
	}
	src, dst := b.accounts[from], b.accounts[to]
	defer lockBoth(src, dst)()
	if src.balance < amount {
		return &insufficient{from, src.balance, amount}
	}
	src.balance -= amount
	dst.balance += amount
	src.history = append(src.history, -amount)
	dst.history = append(dst.history, amount)
	return nil
}

// total locks all accounts and adds them up.
func (b *bank) total() (sum int) {
	for _, a := range b.accounts {
		a.mu.Lock()
	}
	for _, a := range b.accounts {
		sum += a.balance
	}
	for _, a := range b.accounts {
		a.mu.Unlock()
	}
	return sum
}

// clerk makes transfers of its own pseudo-random choice.
func (b *bank) clerk(seed uint32, transfers int) {
	x := seed
	next := func(n int) int {
		x = x*1664525 + 1013904223
		return int(x>>10) % n
	}
	for range transfers {
		err := b.transfer(next(len(b.accounts)), next(len(b.accounts)), next(200)+1)
		var poor *insufficient
		switch {
		case err == nil:
			b.done.Add(1)
		case errors.Is(err, errSameAccount), errors.As(err, &poor):
			b.refused.Add(1)
		default:
			panic(err)
		}
	}
}

func main() {
	clerks, transfers := 50, 2000
	for i, p := range []*int{&clerks, &transfers} {
		if len(os.Args) > i+1 {
			if v, err := strconv.Atoi(os.Args[i+1]); err == nil && v > 0 {
				*p = v
			}
		}
	}
	const accounts, opening = 20, 1000
	b := newBank(accounts, opening)
	fmt.Println("opened with", b.total())
	fmt.Println("error:", b.transfer(3, 3, 10))
	fmt.Println("error:", b.transfer(1, 2, 5000))

	var wg sync.WaitGroup
	for i := range clerks {
		wg.Add(1)
		go func() {
			defer wg.Done()
			b.clerk(uint32(i)*7919+1, transfers)
		}()
	}
	// An inspector looks again and again while the clerks work.
	stop := make(chan struct{})
	inspected := make(chan struct{})
	go func() {
		defer close(inspected)
		for {
			if b.total() != accounts*opening {
				b.bad.Add(1)
			}
			b.inspections.Add(1)
			select {
			case <-stop:
				return
			default:
			}
		}
	}()
	wg.Wait()
	close(stop)
	<-inspected

	fmt.Println("closed with", b.total())
	fmt.Println("every transfer accounted for:", b.done.Load()+b.refused.Load() == int64(clerks*transfers))
	fmt.Println("inspected:", b.inspections.Load() > 0, "wrong totals seen:", b.bad.Load())
	consistent := true
	for _, a := range b.accounts {
		sum := opening
		for _, amount := range a.history {
			sum += amount
		}
		consistent = consistent && sum == a.balance && a.balance >= 0
	}
	fmt.Println("balances agree with histories:", consistent)
}
