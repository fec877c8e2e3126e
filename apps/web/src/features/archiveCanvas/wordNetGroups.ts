/**
 * The 1,000 classes of ImageNet (ILSVRC 2012) in common groups, based on the hypernyms of WordNet 3.1 (Princeton University): dogs are the
 * classes below "domestic dog", birds those below "bird", instruments those below "musical instrument", and so on. A label with several
 * senses has the group of the sense that matches its part of the list. Where no sense did (coil, wing, buses), the group was set by hand.
 */

/** A group's name, and its classes as numbers and ranges. */
const groups: readonly (readonly [name: string, classes: string])[] = [
  ["dogs", "151-268"],
  ["cats", "281-293"],
  ["primates", "365-384"],
  ["other mammals", "101-106 147-150 269-280 294-299 330-364 385-388"],
  ["birds", "7-24 80-100 127-146"],
  ["reptiles and amphibians", "25-68"],
  ["fish", "0-6 389-397"],
  ["insects", "300-326"],
  ["other animals", "69-79 107-126 327-329"],
  ["instruments", "401-402 420 432 486 494 513 541 546 558 566 577 579 593-594 641-642 683-684 687 699 776 822 875 881 889 902"],
  [
    "vehicles",
    "403-405 407-408 417 428 431 436 444 450 466 468 472 484 510-511 537 547 554-555 561 565 569 573 575-576 586 603 609 612 625 627-628 654 656-657 660-661 664-665 670-671 675 690 692 705 717 724 734 751 757 779-780 791 802-803 812 814 817 819-820 829 833 847 864 866-867 870-871 874 880 895 908 913-914",
  ],
  [
    "clothing",
    "399-400 411 433-434 439 443 445 451-452 457 459 465 474 496 501 515 518 529 533 552 560 568 578 591 597 601 608 610 614-615 617 638-639 643 652 655 658 667 689 697 700 735 775 785 793 806 808 824 834 841-842 869 885 887 903 906 911",
  ],
  ["furniture", "406 423 453 492-493 495 516 520 526 532 548 553 559 564 648 703 729 736 765 830-831 846 857 861 894"],
  [
    "containers",
    "412 414 427 435 438 440-441 463 469 478 481 503-505 519 544 549 572 588 618 636-637 647 653 659 666 709 712 719-720 725 728 737-738 748 756 771 773 790 797 804 809 849 855 868 876 883 893 896 898-901 907 910",
  ],
  [
    "buildings",
    "410 415 421 424-425 437 449 454 458 460 467 483 489 497-498 500 509 525 536 538 562 580-582 598-599 624 634 649 663 668 672 682 698 706 708 716 727 743 762 781 788 799 821 825 832 839 860 863 865 873 877 884 888 912 915",
  ],
  [
    "machines and devices",
    "398 409 426 447 464 470 475-476 479-480 488 506-508 517 527 530-531 535 545 571 583-584 589-590 592 595 600 604 607 613 620 626 632-633 635 645 650 673-674 676-678 681 685-686 691 694-696 704 714 718 723 739 742 745 753 755 758 761 766 769 772 778 782-783 786 798 800-801 807 811 815-816 818 823 826-828 835-837 843-845 856 862 872 878 886 892 916",
  ],
  [
    "tools and equipment",
    "413 416 422 429-430 456 471 473 477 482 485 487 491 499 512 522 528 540 543 574 587 596 602 605 611 621 623 662 688 701-702 707 713 722 726 730-732 740 744 746-747 754 759 763-764 768 784 792 795 805 813 848 852 890 918",
  ],
  ["food", "923-934 958-969"],
  ["fruit and vegetables", "935-946 948-957"],
  ["plants and fungi", "947 985-987 991-997"],
  ["landscapes", "970 972-980"],
];

const otherGroup = "other things";
export const groupNames: ReadonlySet<string> = new Set([...groups.map(([name]) => name), otherGroup]);

/** Labels that identify the list: classes and the start of their labels. */
const knownLabels: readonly (readonly [number, string])[] = [
  [0, "tench"],
  [151, "Chihuahua"],
  [402, "acoustic guitar"],
  [999, "toilet tissue"],
];
const classCount = 1000;

/** The group of each class, in the order of the labels; null if the labels are not ImageNet's. */
export function groupsOf(labels: readonly string[]): readonly string[] | null {
  if (labels.length !== classCount || knownLabels.some(([niche, start]) => labels[niche]?.startsWith(start) !== true)) return null;
  const names = new Array<string>(classCount).fill(otherGroup);
  for (const [name, classes] of groups)
    for (const range of classes.split(" ")) {
      const [first, last = first] = range.split("-").map(Number);
      for (let niche = first as number; niche <= (last as number); niche++) names[niche] = name;
    }
  return names;
}
