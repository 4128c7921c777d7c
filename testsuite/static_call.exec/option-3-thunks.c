/* SPDX-License-Identifier: GPL-2.0-or-later */
#define THUNK(r)							\
	asm(".globl __x86_indirect_thunk_" #r "\n"			\
	    ".hidden __x86_indirect_thunk_" #r "\n"			\
	    ".type __x86_indirect_thunk_" #r ", @function\n"		\
	    "__x86_indirect_thunk_" #r ": jmp *%" #r "\n"		\
	    ".size __x86_indirect_thunk_" #r ", . - __x86_indirect_thunk_" #r)

THUNK(rax);
THUNK(rbx);
THUNK(rcx);
THUNK(rdx);
THUNK(rsi);
THUNK(rdi);
THUNK(rbp);
THUNK(r8);
THUNK(r9);
THUNK(r10);
THUNK(r11);
THUNK(r12);
THUNK(r13);
THUNK(r14);
THUNK(r15);
