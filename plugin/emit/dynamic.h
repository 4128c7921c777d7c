/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where dynamic calls lead as linked. */
#ifndef STATIC_CALL_EMIT_DYNAMIC_H
#define STATIC_CALL_EMIT_DYNAMIC_H

struct sck_key;

bool sck_have_dynamic(void);
void sck_put_states(const struct sck_key *);

#endif /* STATIC_CALL_EMIT_DYNAMIC_H */
