/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The kinds of sites that the pass over them knows. */
#ifndef STATIC_CALL_RTL_SITES_H
#define STATIC_CALL_RTL_SITES_H

struct sck_state;

/* guards.c */
tree sck_guard_insn_trampoline(rtx_insn *insn);
void sck_guard_make(rtx_insn *insn, const char *symbol, unsigned int label, int part, bool nop);

/* dynamic.c */
char *sck_dynamic_make(rtx_insn *insn, const struct sck_state *state, unsigned int label, int part,
		       char **before);

#endif /* STATIC_CALL_RTL_SITES_H */
