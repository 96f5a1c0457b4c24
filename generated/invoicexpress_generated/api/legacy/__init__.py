"""Operations on legacy."""
