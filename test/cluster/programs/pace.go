package main

import (
	"context"
	"time"
)

// A pace sets when each of a row of actions is due; one that is late doesn't delay those after it.
type pace struct {
	start time.Time
	rate  float64 // actions per second, 0 for no wait at all
}

// wait waits until an action is due, and tells whether it is before the context is done.
func (p pace) wait(ctx context.Context, index int) bool {
	if p.rate > 0 {
		due := p.start.Add(time.Duration(float64(index) / p.rate * float64(time.Second)))
		return sleep(ctx, time.Until(due))
	}
	return ctx.Err() == nil
}

func sleep(ctx context.Context, duration time.Duration) bool {
	if duration > 0 {
		select {
		case <-ctx.Done():
		case <-time.After(duration):
		}
	}
	return ctx.Err() == nil
}
