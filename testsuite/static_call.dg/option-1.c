/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An unknown option is an error, which lists those that there are. */
/* { dg-do compile } */
/* { dg-options "-fplugin-arg-static_call-nonsense" } */
/* { dg-error "unrecognized plugin option .-fplugin-arg-static_call-nonsense.: there are disable, dynamic, guards, kernel-builtin, kernel-loadable, kernel-module, kernel-vmlinux, report, stores, strict, verbose, version" "" { target *-*-* } 0 } */
/* { dg-prune-output "fail(ed)? to initialize plugin" } */
int x;
