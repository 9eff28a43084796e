# SPDX-License-Identifier: BSD-2-Clause
# clang 14 -O2 -gdwarf-5 -fno-asynchronous-unwind-tables -S two.c, once; what it says is in clang5-two.chains, whatever compilers do today.
	.text
	.file	"two.c"

	.globl	zoo_asm
	.type	zoo_asm,@function
zoo_asm:
	leal	3(%rdi), %eax
	nop
	retq
.Ltmp0:
	.size	zoo_asm, .Ltmp0-zoo_asm


	.globl	zoo_far
	.p2align	4, 0x90
	.type	zoo_far,@function
zoo_far:
.Lfunc_begin0:
	.file	0 "." "two.c" md5 0xd67da637827700fc2efdab6ea34a8a66
	.loc	0 13 0
	.cfi_sections .debug_frame
	.cfi_startproc
	.file	1 "." "zoo.h" md5 0x94366a60ec6bbed44d83d0a79e05fa61
	.loc	1 32 21 prologue_end
	addl	$1, %edi
.Ltmp1:
	.loc	1 25 11
	movq	zoo_sink@GOTPCREL(%rip), %rcx
	movl	%edi, (%rcx)
	.loc	1 26 9
	movl	(%rcx), %edx
	.loc	1 26 18 is_stmt 0
	xorl	$5, %edx
.Ltmp2:
	.loc	1 34 24 is_stmt 1
	leal	(%rdx,%rdx,2), %eax
.Ltmp3:
	.loc	1 25 11
	movl	%eax, (%rcx)
	.loc	1 26 9
	movl	(%rcx), %eax
.Ltmp4:
	.loc	1 26 18 is_stmt 0
	xorl	$5, %eax
.Ltmp5:
	.loc	1 34 11 is_stmt 1
	addl	%edx, %eax
.Ltmp6:
	.loc	0 14 23
	addl	(%rcx), %eax
	.loc	0 14 2 is_stmt 0
	retq
.Ltmp7:
.Lfunc_end0:
	.size	zoo_far, .Lfunc_end0-zoo_far
	.cfi_endproc

	.globl	zoo_second
	.p2align	4, 0x90
	.type	zoo_second,@function
zoo_second:
.Lfunc_begin1:
	.loc	0 19 0 is_stmt 1
	.cfi_startproc
	pushq	%rbx
	.cfi_def_cfa_offset 16
	.cfi_offset %rbx, -16
	.loc	0 20 25 prologue_end
	cmpl	$77, %edi
.Ltmp8:
	.loc	0 20 6 is_stmt 0
	je	.LBB1_2
.Ltmp9:
	.loc	0 0 6
	movl	%edi, %ebx
	.loc	0 22 9 is_stmt 1
	callq	zoo_twin
.Ltmp10:
	.loc	1 32 21
	addl	$1, %ebx
.Ltmp11:
	.loc	1 25 11
	movq	zoo_sink@GOTPCREL(%rip), %rcx
	movl	%ebx, (%rcx)
	.loc	1 26 9
	movl	(%rcx), %edx
	.loc	1 26 18 is_stmt 0
	xorl	$5, %edx
.Ltmp12:
	.loc	1 34 24 is_stmt 1
	leal	(%rdx,%rdx,2), %esi
.Ltmp13:
	.loc	1 25 11
	movl	%esi, (%rcx)
	.loc	1 26 9
	movl	(%rcx), %esi
.Ltmp14:
	.loc	1 26 18 is_stmt 0
	xorl	$5, %esi
.Ltmp15:
	.loc	1 34 11 is_stmt 1
	addl	%edx, %eax
.Ltmp16:
	.loc	0 14 23
	addl	%esi, %eax
.Ltmp17:
	.loc	0 22 21
	addl	(%rcx), %eax
	.loc	0 22 2 is_stmt 0
	popq	%rbx
.Ltmp18:
	.cfi_def_cfa_offset 8
	retq
.Ltmp19:
.LBB1_2:
	.cfi_def_cfa_offset 16
	.loc	1 25 11 is_stmt 1
	movq	zoo_sink@GOTPCREL(%rip), %rax
	movl	$78, (%rax)
	.loc	1 26 9
	movl	(%rax), %ecx
	.loc	1 26 18 is_stmt 0
	xorl	$5, %ecx
.Ltmp20:
	.loc	1 34 24 is_stmt 1
	leal	(%rcx,%rcx,2), %edx
.Ltmp21:
	.loc	1 25 11
	movl	%edx, (%rax)
	.loc	1 26 9
	movl	(%rax), %edi
.Ltmp22:
	.loc	1 26 18 is_stmt 0
	xorl	$5, %edi
.Ltmp23:
	.loc	1 34 11 is_stmt 1
	addl	%ecx, %edi
.Ltmp24:
	.loc	0 21 3
	callq	zoo_die@PLT
.Ltmp25:
.Lfunc_end1:
	.size	zoo_second, .Lfunc_end1-zoo_second
	.cfi_endproc

	.p2align	4, 0x90
	.type	zoo_twin,@function
zoo_twin:
.Lfunc_begin2:
	.loc	0 6 0
	.cfi_startproc
	.loc	1 25 11 prologue_end
	movq	zoo_sink@GOTPCREL(%rip), %rax
	movl	%edi, (%rax)
	.loc	1 26 9
	movl	(%rax), %eax
.Ltmp26:
	.loc	0 7 21
	addl	%eax, %eax
	xorl	$10, %eax
	.loc	0 7 2 is_stmt 0
	retq
.Ltmp27:
.Lfunc_end2:
	.size	zoo_twin, .Lfunc_end2-zoo_twin
	.cfi_endproc

	.globl	zoo_strong
	.p2align	4, 0x90
	.type	zoo_strong,@function
zoo_strong:
.Lfunc_begin3:
	.loc	0 27 0 is_stmt 1
	.cfi_startproc
	.loc	1 25 11 prologue_end
	movq	zoo_sink@GOTPCREL(%rip), %rax
	movl	%edi, (%rax)
	.loc	1 26 9
	movl	(%rax), %eax
	.loc	1 26 18 is_stmt 0
	xorl	$5, %eax
.Ltmp28:
	.loc	0 28 21 is_stmt 1
	addl	$9, %eax
	.loc	0 28 2 is_stmt 0
	retq
.Ltmp29:
.Lfunc_end3:
	.size	zoo_strong, .Lfunc_end3-zoo_strong
	.cfi_endproc

	.globl	zoo_dead
	.p2align	4, 0x90
	.type	zoo_dead,@function
zoo_dead:
.Lfunc_begin4:
	.loc	0 34 0 is_stmt 1
	.cfi_startproc
	.loc	1 40 11 prologue_end
	testb	$1, %dil
	.loc	1 40 9 is_stmt 0
	jne	.LBB4_1
.Ltmp30:
	.loc	1 40 46
	movl	%edi, %eax
	shrl	$31, %eax
	addl	%edi, %eax
	sarl	%eax
.Ltmp31:
	.loc	1 32 21 is_stmt 1
	addl	$1, %eax
.Ltmp32:
	.loc	1 25 11
	movq	zoo_sink@GOTPCREL(%rip), %rcx
	movl	%eax, (%rcx)
	.loc	1 26 9
	movl	(%rcx), %eax
.Ltmp33:
	.loc	1 26 18 is_stmt 0
	xorl	$5, %eax
.Ltmp34:
	.loc	1 34 24 is_stmt 1
	leal	(%rax,%rax,2), %edx
.Ltmp35:
	.loc	1 25 11
	movl	%edx, (%rcx)
	.loc	1 26 9
	movl	(%rcx), %ecx
	.loc	1 26 18 is_stmt 0
	xorl	$5, %ecx
.Ltmp36:
	.loc	1 40 51 is_stmt 1
	addl	%ecx, %eax
.Ltmp37:
	addl	$1, %eax
.Ltmp38:
	.loc	0 35 22
	leal	(%rax,%rax,2), %eax
	.loc	0 35 2 is_stmt 0
	retq
.Ltmp39:
.LBB4_1:
	.loc	1 32 21 is_stmt 1
	addl	$1, %edi
.Ltmp40:
	.loc	1 25 11
	movq	zoo_sink@GOTPCREL(%rip), %rax
	movl	%edi, (%rax)
	.loc	1 26 9
	movl	(%rax), %ecx
	.loc	1 26 18 is_stmt 0
	xorl	$5, %ecx
.Ltmp41:
	.loc	1 34 24 is_stmt 1
	leal	(%rcx,%rcx,2), %edx
.Ltmp42:
	.loc	1 25 11
	movl	%edx, (%rax)
	.loc	1 26 9
	movl	(%rax), %eax
	.loc	1 26 18 is_stmt 0
	xorl	$5, %eax
.Ltmp43:
	.loc	1 34 11 is_stmt 1
	addl	%ecx, %eax
.Ltmp44:
	.loc	0 35 22
	leal	(%rax,%rax,2), %eax
	.loc	0 35 2 is_stmt 0
	retq
.Ltmp45:
.Lfunc_end4:
	.size	zoo_dead, .Lfunc_end4-zoo_dead
	.cfi_endproc

	.section	.debug_loclists,"",@progbits
	.long	.Ldebug_list_header_end0-.Ldebug_list_header_start0
.Ldebug_list_header_start0:
	.short	5
	.byte	8
	.byte	0
	.long	17
.Lloclists_table_base0:
	.long	.Ldebug_loc0-.Lloclists_table_base0
	.long	.Ldebug_loc1-.Lloclists_table_base0
	.long	.Ldebug_loc2-.Lloclists_table_base0
	.long	.Ldebug_loc3-.Lloclists_table_base0
	.long	.Ldebug_loc4-.Lloclists_table_base0
	.long	.Ldebug_loc5-.Lloclists_table_base0
	.long	.Ldebug_loc6-.Lloclists_table_base0
	.long	.Ldebug_loc7-.Lloclists_table_base0
	.long	.Ldebug_loc8-.Lloclists_table_base0
	.long	.Ldebug_loc9-.Lloclists_table_base0
	.long	.Ldebug_loc10-.Lloclists_table_base0
	.long	.Ldebug_loc11-.Lloclists_table_base0
	.long	.Ldebug_loc12-.Lloclists_table_base0
	.long	.Ldebug_loc13-.Lloclists_table_base0
	.long	.Ldebug_loc14-.Lloclists_table_base0
	.long	.Ldebug_loc15-.Lloclists_table_base0
	.long	.Ldebug_loc16-.Lloclists_table_base0
.Ldebug_loc0:
	.byte	4
	.uleb128 .Lfunc_begin0-.Lfunc_begin0
	.uleb128 .Ltmp1-.Lfunc_begin0
	.byte	1
	.byte	85
	.byte	4
	.uleb128 .Ltmp1-.Lfunc_begin0
	.uleb128 .Lfunc_end0-.Lfunc_begin0
	.byte	4
	.byte	163
	.byte	1
	.byte	85
	.byte	159
	.byte	0
.Ldebug_loc1:
	.byte	4
	.uleb128 .Lfunc_begin0-.Lfunc_begin0
	.uleb128 .Ltmp1-.Lfunc_begin0
	.byte	1
	.byte	85
	.byte	0
.Ldebug_loc2:
	.byte	4
	.uleb128 .Ltmp2-.Lfunc_begin0
	.uleb128 .Lfunc_end0-.Lfunc_begin0
	.byte	1
	.byte	81
	.byte	0
.Ldebug_loc3:
	.byte	4
	.uleb128 .Ltmp3-.Lfunc_begin0
	.uleb128 .Ltmp4-.Lfunc_begin0
	.byte	1
	.byte	80
	.byte	0
.Ldebug_loc4:
	.byte	4
	.uleb128 .Lfunc_begin1-.Lfunc_begin0
	.uleb128 .Ltmp10-.Lfunc_begin0
	.byte	1
	.byte	85
	.byte	4
	.uleb128 .Ltmp10-.Lfunc_begin0
	.uleb128 .Ltmp11-.Lfunc_begin0
	.byte	1
	.byte	83
	.byte	4
	.uleb128 .Ltmp11-.Lfunc_begin0
	.uleb128 .Ltmp19-.Lfunc_begin0
	.byte	4
	.byte	163
	.byte	1
	.byte	85
	.byte	159
	.byte	4
	.uleb128 .Ltmp19-.Lfunc_begin0
	.uleb128 .Ltmp22-.Lfunc_begin0
	.byte	1
	.byte	85
	.byte	4
	.uleb128 .Ltmp22-.Lfunc_begin0
	.uleb128 .Lfunc_end1-.Lfunc_begin0
	.byte	4
	.byte	163
	.byte	1
	.byte	85
	.byte	159
	.byte	0
.Ldebug_loc5:
	.byte	4
	.uleb128 .Ltmp10-.Lfunc_begin0
	.uleb128 .Ltmp11-.Lfunc_begin0
	.byte	1
	.byte	83
	.byte	0
.Ldebug_loc6:
	.byte	4
	.uleb128 .Ltmp10-.Lfunc_begin0
	.uleb128 .Ltmp11-.Lfunc_begin0
	.byte	1
	.byte	83
	.byte	0
.Ldebug_loc7:
	.byte	4
	.uleb128 .Ltmp12-.Lfunc_begin0
	.uleb128 .Ltmp19-.Lfunc_begin0
	.byte	1
	.byte	81
	.byte	0
.Ldebug_loc8:
	.byte	4
	.uleb128 .Ltmp13-.Lfunc_begin0
	.uleb128 .Ltmp14-.Lfunc_begin0
	.byte	1
	.byte	84
	.byte	0
.Ldebug_loc9:
	.byte	4
	.uleb128 .Ltmp20-.Lfunc_begin0
	.uleb128 .Ltmp25-.Lfunc_begin0
	.byte	1
	.byte	82
	.byte	0
.Ldebug_loc10:
	.byte	4
	.uleb128 .Lfunc_begin4-.Lfunc_begin0
	.uleb128 .Ltmp40-.Lfunc_begin0
	.byte	1
	.byte	85
	.byte	4
	.uleb128 .Ltmp40-.Lfunc_begin0
	.uleb128 .Lfunc_end4-.Lfunc_begin0
	.byte	4
	.byte	163
	.byte	1
	.byte	85
	.byte	159
	.byte	0
.Ldebug_loc11:
	.byte	4
	.uleb128 .Lfunc_begin4-.Lfunc_begin0
	.uleb128 .Ltmp40-.Lfunc_begin0
	.byte	1
	.byte	85
	.byte	0
.Ldebug_loc12:
	.byte	4
	.uleb128 .Ltmp31-.Lfunc_begin0
	.uleb128 .Ltmp32-.Lfunc_begin0
	.byte	1
	.byte	80
	.byte	0
.Ldebug_loc13:
	.byte	4
	.uleb128 .Ltmp32-.Lfunc_begin0
	.uleb128 .Ltmp33-.Lfunc_begin0
	.byte	1
	.byte	80
	.byte	0
.Ldebug_loc14:
	.byte	4
	.uleb128 .Ltmp34-.Lfunc_begin0
	.uleb128 .Ltmp37-.Lfunc_begin0
	.byte	1
	.byte	80
	.byte	0
.Ldebug_loc15:
	.byte	4
	.uleb128 .Ltmp39-.Lfunc_begin0
	.uleb128 .Ltmp40-.Lfunc_begin0
	.byte	1
	.byte	85
	.byte	0
.Ldebug_loc16:
	.byte	4
	.uleb128 .Ltmp41-.Lfunc_begin0
	.uleb128 .Lfunc_end4-.Lfunc_begin0
	.byte	1
	.byte	82
	.byte	0
.Ldebug_list_header_end0:
	.section	.debug_abbrev,"",@progbits
	.byte	1
	.byte	17
	.byte	1
	.byte	37
	.byte	37
	.byte	19
	.byte	5
	.byte	3
	.byte	37
	.byte	114
	.byte	23
	.byte	16
	.byte	23
	.byte	27
	.byte	37
	.byte	17
	.byte	27
	.byte	18
	.byte	6
	.byte	115
	.byte	23
	.byte	116
	.byte	23
	.ascii	"\214\001"
	.byte	23
	.byte	0
	.byte	0
	.byte	2
	.byte	46
	.byte	1
	.byte	3
	.byte	37
	.byte	58
	.byte	11
	.byte	59
	.byte	11
	.byte	39
	.byte	25
	.byte	73
	.byte	19
	.byte	32
	.byte	33
	.byte	1
	.byte	0
	.byte	0
	.byte	3
	.byte	5
	.byte	0
	.byte	3
	.byte	37
	.byte	58
	.byte	11
	.byte	59
	.byte	11
	.byte	73
	.byte	19
	.byte	0
	.byte	0
	.byte	4
	.byte	52
	.byte	0
	.byte	3
	.byte	37
	.byte	58
	.byte	11
	.byte	59
	.byte	11
	.byte	73
	.byte	19
	.byte	0
	.byte	0
	.byte	5
	.byte	36
	.byte	0
	.byte	3
	.byte	37
	.byte	62
	.byte	11
	.byte	11
	.byte	11
	.byte	0
	.byte	0
	.byte	6
	.byte	46
	.byte	1
	.byte	17
	.byte	27
	.byte	18
	.byte	6
	.byte	64
	.byte	24
	.byte	122
	.byte	25
	.byte	49
	.byte	19
	.byte	0
	.byte	0
	.byte	7
	.byte	5
	.byte	0
	.byte	2
	.byte	34
	.byte	49
	.byte	19
	.byte	0
	.byte	0
	.byte	8
	.byte	29
	.byte	1
	.byte	49
	.byte	19
	.byte	17
	.byte	27
	.byte	18
	.byte	6
	.byte	88
	.byte	11
	.byte	89
	.byte	11
	.byte	87
	.byte	11
	.byte	0
	.byte	0
	.byte	9
	.byte	52
	.byte	0
	.byte	2
	.byte	34
	.byte	49
	.byte	19
	.byte	0
	.byte	0
	.byte	10
	.byte	5
	.byte	0
	.byte	2
	.byte	24
	.byte	49
	.byte	19
	.byte	0
	.byte	0
	.byte	11
	.byte	46
	.byte	1
	.byte	3
	.byte	37
	.byte	58
	.byte	11
	.byte	59
	.byte	11
	.byte	39
	.byte	25
	.byte	73
	.byte	19
	.byte	63
	.byte	25
	.byte	32
	.byte	33
	.byte	1
	.byte	0
	.byte	0
	.byte	12
	.byte	46
	.byte	1
	.byte	17
	.byte	27
	.byte	18
	.byte	6
	.byte	64
	.byte	24
	.byte	122
	.byte	25
	.byte	3
	.byte	37
	.byte	58
	.byte	11
	.byte	59
	.byte	11
	.byte	39
	.byte	25
	.byte	73
	.byte	19
	.byte	63
	.byte	25
	.byte	0
	.byte	0
	.byte	13
	.byte	5
	.byte	0
	.byte	2
	.byte	34
	.byte	3
	.byte	37
	.byte	58
	.byte	11
	.byte	59
	.byte	11
	.byte	73
	.byte	19
	.byte	0
	.byte	0
	.byte	14
	.byte	5
	.byte	0
	.byte	28
	.byte	13
	.byte	49
	.byte	19
	.byte	0
	.byte	0
	.byte	15
	.byte	72
	.byte	0
	.byte	127
	.byte	19
	.byte	125
	.byte	27
	.byte	0
	.byte	0
	.byte	16
	.byte	46
	.byte	1
	.byte	17
	.byte	27
	.byte	18
	.byte	6
	.byte	64
	.byte	24
	.byte	122
	.byte	25
	.byte	3
	.byte	37
	.byte	58
	.byte	11
	.byte	59
	.byte	11
	.byte	39
	.byte	25
	.byte	73
	.byte	19
	.byte	0
	.byte	0
	.byte	17
	.byte	5
	.byte	0
	.byte	2
	.byte	24
	.byte	3
	.byte	37
	.byte	58
	.byte	11
	.byte	59
	.byte	11
	.byte	73
	.byte	19
	.byte	0
	.byte	0
	.byte	18
	.byte	46
	.byte	1
	.byte	3
	.byte	37
	.byte	58
	.byte	11
	.byte	59
	.byte	11
	.byte	39
	.byte	25
	.byte	60
	.byte	25
	.byte	63
	.byte	25
	.ascii	"\207\001"
	.byte	25
	.byte	0
	.byte	0
	.byte	19
	.byte	5
	.byte	0
	.byte	73
	.byte	19
	.byte	0
	.byte	0
	.byte	20
	.byte	29
	.byte	1
	.byte	49
	.byte	19
	.byte	85
	.byte	35
	.byte	88
	.byte	11
	.byte	89
	.byte	11
	.byte	87
	.byte	11
	.byte	0
	.byte	0
	.byte	0
	.section	.debug_info,"",@progbits
.Lcu_begin0:
	.long	.Ldebug_info_end0-.Ldebug_info_start0
.Ldebug_info_start0:
	.short	5
	.byte	1
	.byte	8
	.long	.debug_abbrev
	.byte	1
	.byte	0
	.short	12
	.byte	1
	.long	.Lstr_offsets_base0
	.long	.Lline_table_start0
	.byte	2
	.byte	0
	.long	.Lfunc_end4-.Lfunc_begin0
	.long	.Laddr_table_base0
	.long	.Lrnglists_table_base0
	.long	.Lloclists_table_base0
	.byte	2
	.byte	3
	.byte	1
	.byte	30

	.long	68

	.byte	3
	.byte	5
	.byte	1
	.byte	30
	.long	68
	.byte	4
	.byte	6
	.byte	1
	.byte	32
	.long	68
	.byte	0
	.byte	5
	.byte	4
	.byte	5
	.byte	4
	.byte	2
	.byte	7
	.byte	1
	.byte	23

	.long	68

	.byte	3
	.byte	5
	.byte	1
	.byte	23
	.long	68
	.byte	0
	.byte	6
	.byte	0
	.long	.Lfunc_end0-.Lfunc_begin0
	.byte	1
	.byte	87

	.long	175
	.byte	7
	.byte	0
	.long	183
	.byte	8
	.long	43
	.byte	0
	.long	.Ltmp6-.Lfunc_begin0
	.byte	0
	.byte	14
	.byte	9
	.byte	7
	.byte	1
	.long	51
	.byte	9
	.byte	2
	.long	59
	.byte	8
	.long	72
	.byte	1
	.long	.Ltmp2-.Ltmp1
	.byte	1
	.byte	32
	.byte	10
	.byte	10
	.byte	1
	.byte	85
	.long	80
	.byte	0
	.byte	8
	.long	72
	.byte	2
	.long	.Ltmp5-.Ltmp3
	.byte	1
	.byte	34
	.byte	13
	.byte	7
	.byte	3
	.long	80
	.byte	0
	.byte	0
	.byte	0
	.byte	11
	.byte	8
	.byte	0
	.byte	12

	.long	68


	.byte	3
	.byte	5
	.byte	0
	.byte	12
	.long	68
	.byte	0
	.byte	2
	.byte	9
	.byte	1
	.byte	38

	.long	68

	.byte	3
	.byte	5
	.byte	1
	.byte	38
	.long	68
	.byte	0
	.byte	12
	.byte	3
	.long	.Lfunc_end1-.Lfunc_begin1
	.byte	1
	.byte	87

	.byte	11
	.byte	0
	.byte	18

	.long	68

	.byte	13
	.byte	4
	.byte	5
	.byte	0
	.byte	18
	.long	68
	.byte	8
	.long	192
	.byte	4
	.long	.Ltmp24-.Ltmp19
	.byte	0
	.byte	21
	.byte	11
	.byte	14
	.asciz	"\315"
	.long	200
	.byte	8
	.long	43
	.byte	4
	.long	.Ltmp24-.Ltmp19
	.byte	1
	.byte	40
	.byte	17
	.byte	14
	.asciz	"\315"
	.long	51
	.byte	9
	.byte	9
	.long	59
	.byte	8
	.long	72
	.byte	4
	.long	.Ltmp20-.Ltmp19
	.byte	1
	.byte	32
	.byte	10
	.byte	14
	.asciz	"\316"
	.long	80
	.byte	0
	.byte	8
	.long	72
	.byte	5
	.long	.Ltmp23-.Ltmp21
	.byte	1
	.byte	34
	.byte	13
	.byte	10
	.byte	1
	.byte	81
	.long	80
	.byte	0
	.byte	0
	.byte	0
	.byte	8
	.long	175
	.byte	6
	.long	.Ltmp17-.Ltmp10
	.byte	0
	.byte	22
	.byte	23
	.byte	7
	.byte	5
	.long	183
	.byte	8
	.long	43
	.byte	6
	.long	.Ltmp16-.Ltmp10
	.byte	0
	.byte	14
	.byte	9
	.byte	7
	.byte	6
	.long	51
	.byte	9
	.byte	7
	.long	59
	.byte	8
	.long	72
	.byte	7
	.long	.Ltmp12-.Ltmp11
	.byte	1
	.byte	32
	.byte	10
	.byte	10
	.byte	1
	.byte	83
	.long	80
	.byte	0
	.byte	8
	.long	72
	.byte	8
	.long	.Ltmp15-.Ltmp13
	.byte	1
	.byte	34
	.byte	13
	.byte	7
	.byte	8
	.long	80
	.byte	0
	.byte	0
	.byte	0
	.byte	15
	.long	423
	.byte	6
	.byte	15
	.long	470
	.byte	9
	.byte	0
	.byte	16
	.byte	10
	.long	.Lfunc_end2-.Lfunc_begin2
	.byte	1
	.byte	87

	.byte	12
	.byte	0
	.byte	5

	.long	68
	.byte	17
	.byte	1
	.byte	85
	.byte	5
	.byte	0
	.byte	5
	.long	68
	.byte	8
	.long	72
	.byte	10
	.long	.Ltmp26-.Lfunc_begin2
	.byte	0
	.byte	7
	.byte	9
	.byte	10
	.byte	1
	.byte	85
	.long	80
	.byte	0
	.byte	0
	.byte	18
	.byte	10
	.byte	1
	.byte	19




	.byte	19
	.long	68
	.byte	0
	.byte	12
	.byte	11
	.long	.Lfunc_end3-.Lfunc_begin3
	.byte	1
	.byte	87

	.byte	13
	.byte	0
	.byte	26

	.long	68

	.byte	17
	.byte	1
	.byte	85
	.byte	5
	.byte	0
	.byte	26
	.long	68
	.byte	8
	.long	72
	.byte	11
	.long	.Ltmp28-.Lfunc_begin3
	.byte	0
	.byte	28
	.byte	9
	.byte	10
	.byte	1
	.byte	85
	.long	80
	.byte	0
	.byte	0
	.byte	12
	.byte	12
	.long	.Lfunc_end4-.Lfunc_begin4
	.byte	1
	.byte	87

	.byte	14
	.byte	0
	.byte	33

	.long	68

	.byte	13
	.byte	10
	.byte	5
	.byte	0
	.byte	33
	.long	68
	.byte	20
	.long	192
	.byte	0
	.byte	0
	.byte	35
	.byte	9
	.byte	7
	.byte	11
	.long	200
	.byte	8
	.long	43
	.byte	13
	.long	.Ltmp36-.Ltmp31
	.byte	1
	.byte	40
	.byte	33
	.byte	7
	.byte	12
	.long	51
	.byte	9
	.byte	14
	.long	59
	.byte	8
	.long	72
	.byte	14
	.long	.Ltmp34-.Ltmp32
	.byte	1
	.byte	32
	.byte	10
	.byte	7
	.byte	13
	.long	80
	.byte	0
	.byte	8
	.long	72
	.byte	15
	.long	.Ltmp36-.Ltmp35
	.byte	1
	.byte	34
	.byte	13
	.byte	10
	.byte	1
	.byte	81
	.long	80
	.byte	0
	.byte	0
	.byte	8
	.long	43
	.byte	16
	.long	.Ltmp44-.Ltmp39
	.byte	1
	.byte	40
	.byte	17
	.byte	7
	.byte	15
	.long	51
	.byte	9
	.byte	16
	.long	59
	.byte	8
	.long	72
	.byte	17
	.long	.Ltmp41-.Ltmp40
	.byte	1
	.byte	32
	.byte	10
	.byte	10
	.byte	1
	.byte	85
	.long	80
	.byte	0
	.byte	8
	.long	72
	.byte	18
	.long	.Ltmp43-.Ltmp42
	.byte	1
	.byte	34
	.byte	13
	.byte	10
	.byte	1
	.byte	81
	.long	80
	.byte	0
	.byte	0
	.byte	0
	.byte	0
	.byte	0
.Ldebug_info_end0:
	.section	.debug_rnglists,"",@progbits
	.long	.Ldebug_list_header_end1-.Ldebug_list_header_start1
.Ldebug_list_header_start1:
	.short	5
	.byte	8
	.byte	0
	.long	1
.Lrnglists_table_base0:
	.long	.Ldebug_ranges0-.Lrnglists_table_base0
.Ldebug_ranges0:
	.byte	4
	.uleb128 .Lfunc_begin4-.Lfunc_begin0
	.uleb128 .Ltmp38-.Lfunc_begin0
	.byte	4
	.uleb128 .Ltmp39-.Lfunc_begin0
	.uleb128 .Ltmp44-.Lfunc_begin0
	.byte	0
.Ldebug_list_header_end1:
	.section	.debug_str_offsets,"",@progbits
	.long	64
	.short	5
	.short	0
.Lstr_offsets_base0:
	.section	.debug_str,"MS",@progbits,1
.Linfo_string0:
	.asciz	"Debian clang version 14.0.6"
.Linfo_string1:
	.asciz	"two.c"
.Linfo_string2:
	.asciz	"."
.Linfo_string3:
	.asciz	"zoo_branch"
.Linfo_string4:
	.asciz	"int"
.Linfo_string5:
	.asciz	"x"
.Linfo_string6:
	.asciz	"y"
.Linfo_string7:
	.asciz	"zoo_leaf"
.Linfo_string8:
	.asciz	"zoo_far"
.Linfo_string9:
	.asciz	"zoo_trunk"
.Linfo_string10:
	.asciz	"zoo_die"
.Linfo_string11:
	.asciz	"zoo_second"
.Linfo_string12:
	.asciz	"zoo_twin"
.Linfo_string13:
	.asciz	"zoo_strong"
.Linfo_string14:
	.asciz	"zoo_dead"
	.section	.debug_str_offsets,"",@progbits
	.long	.Linfo_string0
	.long	.Linfo_string1
	.long	.Linfo_string2
	.long	.Linfo_string3
	.long	.Linfo_string4
	.long	.Linfo_string5
	.long	.Linfo_string6
	.long	.Linfo_string7
	.long	.Linfo_string8
	.long	.Linfo_string9
	.long	.Linfo_string10
	.long	.Linfo_string11
	.long	.Linfo_string12
	.long	.Linfo_string13
	.long	.Linfo_string14
	.section	.debug_addr,"",@progbits
	.long	.Ldebug_addr_end0-.Ldebug_addr_start0
.Ldebug_addr_start0:
	.short	5
	.byte	8
	.byte	0
.Laddr_table_base0:
	.quad	.Lfunc_begin0
	.quad	.Ltmp1
	.quad	.Ltmp3
	.quad	.Lfunc_begin1
	.quad	.Ltmp19
	.quad	.Ltmp21
	.quad	.Ltmp10
	.quad	.Ltmp11
	.quad	.Ltmp13
	.quad	.Ltmp25
	.quad	.Lfunc_begin2
	.quad	.Lfunc_begin3
	.quad	.Lfunc_begin4
	.quad	.Ltmp31
	.quad	.Ltmp32
	.quad	.Ltmp35
	.quad	.Ltmp39
	.quad	.Ltmp40
	.quad	.Ltmp42
.Ldebug_addr_end0:
	.weak	zoo_weak
	.type	zoo_weak,@function
.set zoo_weak, zoo_strong
	.globl	zoo_other
	.type	zoo_other,@function
.set zoo_other, zoo_strong
	.section	.debug_line,"",@progbits
.Lline_table_start0:
