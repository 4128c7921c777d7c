/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Calls of __rdmsr_on_cpu(), and of what its site leads to, for tools to count. */
#ifndef TRACED_H
#define TRACED_H

#include <linux/atomic.h>
#include <linux/types.h>

enum {
	SCKT_ROUNDS = 1200,
	SCKT_CALLS = 8,  /* of each target, until it is the next one's turn */
	SCKT_TARGETS = 3 /* the processor's register, and these two functions */
};

u64 sckt_first_read_msr(unsigned int msr);
u64 sckt_second_read_msr(unsigned int msr);

/* How often they were called, and with what and to what result in sum. */
struct sckt_counts {
	atomic64_t calls, given, returned;
};
extern struct sckt_counts sckt_counts[2];

/* Each call reaches what the key has been given last, directly. */
bool sckt_call_and_update(void);

#endif
