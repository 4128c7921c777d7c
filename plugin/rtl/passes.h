/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The passes over RTL, and what the register allocator is told. */
#ifndef STATIC_CALL_RTL_PASSES_H
#define STATIC_CALL_RTL_PASSES_H

/* abi.c: what callers know of a clobber set. */
bool sck_abi_available(const_tree fntype);
unsigned int sck_abi_room(void);
void sck_register_abi(void);

/* preserve.c: functions that are defined with a clobber set. */
opt_pass *sck_make_preserve_pass(void);

/* guard-registers.c: what guards keep out of their way. */
opt_pass *sck_make_guard_registers_pass(void);

/* sites.c: alignment, label and table entry of each site. */
opt_pass *sck_make_sites_pass(void);

/* bodies.c: functions that are short enough to stand in a site. */
void sck_mark_bodies(void);
opt_pass *sck_make_bodies_pass(void);

#endif /* STATIC_CALL_RTL_PASSES_H */
