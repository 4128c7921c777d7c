/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The keys of sckt_keys.ko, which other modules call through as well. */
#ifndef SCKT_KEYS_H
#define SCKT_KEYS_H

#include <linux/types.h>
#include <static_call.h>

extern int (*sckt_hook)(int) __static_call_keyed;
extern int (*sckt_other)(int) __static_call_keyed;
extern void (*sckt_count)(void) __static_call_keyed;
extern void (*sckt_event)(int) __static_call_keyed_nop_if_null;
extern int (*sckt_filter)(int) __static_call_keyed_nop_if_null;

struct sckt_ops {
	int (*open)(int);
	int data;
	struct {
		int (*read)(int);
	} file;
};

extern struct sckt_ops sckt_ops __static_call_keyed;

/* Targets; each says which one it is. */
int sckt_one(int x);
int sckt_two(int x);
int sckt_three(int x);
extern int sckt_counter;
void sckt_add_one(void);
void sckt_add_two(void);

/* sites.c: calls, which GCC must not make known targets of */
int sckt_call(int x);
int sckt_tail(int x);
int sckt_call_other(int x);
void sckt_notify(int x);
void sckt_notify_tail(int x);
int sckt_filtered(int x);
int sckt_filtered_tail(int x);
int sckt_ops_call(int x);
int sckt_ops_tail(int x);
int sckt_count_all(void);

/* How many sites the key has; whether all of them lead to this function. */
int sckt_sites(const void *key);
bool sckt_lead_to(const void *key, const void *target);

bool sckt_conditional(void);
bool sckt_default(void);
bool sckt_entry_probe(void);
bool sckt_stress(void);
bool sckt_probe(void);
bool sckt_probes(void);

#endif
