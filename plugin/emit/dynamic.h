/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where dynamic calls lead as linked. */
#ifndef STATIC_CALL_EMIT_DYNAMIC_H
#define STATIC_CALL_EMIT_DYNAMIC_H

struct sck_key;

struct sck_state;

bool sck_have_dynamic(void);
void sck_put_states(const struct sck_key *);

/* learning.c: the code that lets the runtime see a call of a state with this symbol. */
void sck_put_learning(const char *symbol, enum indirect_branch thunk);

/* dynamic-kernel.c: the same for a module of the kernel; symbol: of the state. */
void sck_put_kernel_entry(const struct sck_state *state, const char *entry, const char *known,
			  const char *plain, const char *symbol);
void sck_put_kernel_named(const char *entry, const char *known, const char *symbol);
void sck_put_kernel_room(unsigned int sites, const char *plain);

#endif /* STATIC_CALL_EMIT_DYNAMIC_H */
