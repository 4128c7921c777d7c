/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How a dynamic call that is to be learned is shown to the runtime, in programs and in the kernel. */
#include "gcc-compat.h"
#include "model/calls.h"
#include "model/dynamic.h"
#include "emit/dynamic.h"
#include "emit/emit.h"
#include "emit/text.h"

/*
 * %r11 is what is known of the site. Call what learns, and go on: it may be there or not, also by the
 * time that it is called.
 */
void sck_put_learning(const char *state, enum indirect_branch thunk)
{
	sck_put_push("11");
	OUT("\tleaq\t%s(%%rip), %%r11\n", state);
	sck_put_push("11");
	OUT("\tmovq\t" STATIC_CALL_KEY_LEARN "(%%rip), %%r11\n"
	    "\ttestq\t%%r11, %%r11\n"
	    "\tje\t7f\n");
	if (thunk <= indirect_branch_keep) {
		OUT("\tcall\t*%%r11\n");
	} else if (thunk == indirect_branch_thunk_extern) {
		OUT("\tcall\t__x86_indirect_thunk_r11\n");
	} else {
		OUT("\tcall\t8f\n"
		    "\tjmp\t7f\n"
		    "8:\n");
		sck_cfa_moved(8);
		sck_put_jump("r11", thunk);
		sck_cfa_moved(-8);
	}
	OUT("7:\taddq\t$16, %%rsp\n");
	sck_cfa_moved(-16);
}
