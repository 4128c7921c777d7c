/* SPDX-License-Identifier: GPL-2.0-or-later */
/* uml-check.h - what the files with checks share. */
#ifndef UML_CHECK_H
#define UML_CHECK_H

#include <linux/seq_file.h>
#include <linux/types.h>
#include <static_call.h>

/* A line on the console that kernel/uml/run counts. */
static inline void check(struct seq_file *m, bool ok, const char *text)
{
	seq_printf(m, "%s: %s\n", ok ? "PASS" : "FAIL", text);
}

/*
 * The machine code at the key's sites, whatever the runtime says of it: are these
 * many calls and jumps to fn, and no others?
 */
bool code_leads(const void *key, const void *fn, unsigned int calls, unsigned int jumps);

/* Protection of the page in the host, as "r-xp"; false if there is none. */
bool host_protection(const void *address, char protection[5]);

void check_interrupts(struct seq_file *m);
void check_thread(struct seq_file *m);

/* For modules. */
extern int (*uml_shared)(int) __static_call_keyed;
int uml_shared_one(int x);
int uml_shared_two(int x);

#endif
